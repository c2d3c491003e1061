"""Hand-built frames of transfers, denials and events, for the tests of figures."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from components.theme import DARK, LIGHT, Look
from data.queries.amounts import QuantityRange
from data.queries.ledger import reach

CATEGORIES = pd.DataFrame(
    {
        "code": ["missile", "uav", "air_defence", "combat_aircraft"],
        "label": ["Missiles", "Drones", "Air defence", "Combat aircraft"],
        "order": [2.0, 1.0, 3.0, 4.0],
    }
)


LOOKS = [Look(tokens, is_narrow) for tokens in (LIGHT, DARK) for is_narrow in (False, True)]


WINDOW = {"first": date(2021, 7, 1), "last": date(2026, 4, 30)}


TURNS = ("talk", "promise", "arrival", "arrival_end")


HOSTILE = "<img src=x onerror=alert(1)> \u202egnp.exe [link](javascript:1) " + "x" * 10_000


def numbers(low=None, high=None):
    return QuantityRange(low, high, "", (), ())


def transfer(key, **given):
    """A transfer as the table has it, and its turns: `promise="2023-01-01"` or a pair."""
    turns = {}
    for turn in TURNS:
        low, high = given.pop(turn, (None, None))
        turns |= {f"{turn}_earliest": pd.Timestamp(low), f"{turn}_latest": pd.Timestamp(high)}
    stage = given.setdefault("stage_code", "delivered")
    standing = given.setdefault("standing_code", "acknowledged")
    supplier, recipient = {"russia-iran": ("Russia", "Iran")}.get(
        given.setdefault("direction_code", "iran-russia"), ("Iran", "Russia")
    )
    row = {
        "transfer_id": key,
        "name": key.title(),
        "short_name": key.title()[:18],
        "system": key.title(),
        "supplier": supplier,
        "recipient": recipient,
        "mode_code": "sale",
        "category_code": "uav",
        "unit_code": "pieces",
        "reach_code": reach(stage, standing),
        "promised": numbers(),
        "arrived": numbers(),
        "promised_on": turns["promise_earliest"],
        "open_days": float("nan"),
        "gap": None,
        "last_said": pd.Timestamp("2025-06-01"),
        "statement_count": 3,
        "asserting_count": 2,
        "denying_count": 1 if standing == "contested" else 0,
        "source_count": 3,
        "reasons": (),
    }
    return row | given, {"transfer_id": key, **turns}


def frames(*pairs):
    table = pd.DataFrame([row for row, _ in pairs], columns=list(transfer("x")[0]))
    spans = pd.DataFrame([turns for _, turns in pairs], columns=list(transfer("x")[1]))
    spans = spans.astype(dict.fromkeys(spans.columns[1:], "datetime64[s]"))
    return table, spans


def denials(*rows):
    columns = ["statement_id", "transfer_id", "speaker", "stage_code", "said_date", "summary"]
    given = [(f"deny-{n}", key, who, "delivered", day, said) for n, (key, who, day, said) in rows]
    frame = pd.DataFrame(given, columns=columns)
    for end in ("earliest", "latest"):
        frame[f"said_date_{end}"] = pd.to_datetime(frame["said_date"]).astype("datetime64[s]")
    return frame


def events(*rows):
    columns = ["event_id", "name", "kind_code", "event_date", "low", "high", "summary"]
    frame = pd.DataFrame(list(rows), columns=columns)
    for end, name in (("earliest", "low"), ("latest", "high")):
        frame[f"event_date_{end}"] = pd.to_datetime(frame.pop(name)).astype("datetime64[s]")
    return frame


FULL = (
    transfer(
        "shahed",
        standing_code="contested",
        promised=numbers(1700, None),
        arrived=numbers(400, 4600),
        promise=("2022-07-01", "2022-07-31"),
        arrival=("2022-08-01", "2022-08-31"),
        arrival_end=("2024-06-01", "2024-06-30"),
    ),
    transfer(
        "alabuga",
        stage_code="licensed_production",
        promised=numbers(6000, 6000),
        promise=("2022-11-01", "2022-11-30"),
        arrival=("2023-03-01", "2023-03-31"),
    ),
    transfer(
        "fath",
        category_code="missile",
        standing_code="contested",
        arrived=numbers(200, 220),
        arrival=("2024-09-04", "2024-09-04"),
        arrival_end=("2024-09-04", "2024-09-04"),
    ),
    transfer(
        "launchers",
        category_code="missile",
        stage_code="discussed",
        standing_code="single_source",
        talk=("2025-01-01", "2025-01-31"),
    ),
    transfer(
        "su-35",
        category_code="combat_aircraft",
        direction_code="russia-iran",
        stage_code="agreed",
        promised=numbers(24, 50),
        promise=("2023-03-10", "2023-03-10"),
        open_days=1147.0,
    ),
    transfer(
        "yak",
        category_code="combat_aircraft",
        direction_code="russia-iran",
        stage_code="in_delivery",
        promised=numbers(24, 24),
        arrived=numbers(2, 6),
        promise=("2022-01-01", "2022-12-31"),
        arrival=("2023-09-02", "2023-09-02"),
        arrival_end=("2023-09-02", "2023-09-02"),
    ),
    transfer(
        "s-300",
        category_code="air_defence",
        direction_code="russia-iran",
        promised=numbers(4, 4),
        arrived=numbers(4, 4),
        promise=("2021-11-01", "2021-11-30"),
        arrival=("2022-04-11", "2022-04-11"),
        arrival_end=("2022-10-01", "2022-10-31"),
    ),
    transfer(
        "pmu-1",
        category_code="air_defence",
        direction_code="russia-iran",
        stage_code="cancelled",
        promised=numbers(5, 5),
        promise=("2022-01-01", "2022-01-31"),
    ),
    transfer("belarus", direction_code="other", arrival=("2023-01-01", "2023-01-01")),
)


DENIED = denials(
    (1, ("shahed", "Peskov", "2022-08-30", "No.")),
    (2, ("fath", "Araghchi", "2024-09-11", "Iran delivered none.")),
)


HAPPENED = events(
    ("treaty", "Treaty signed", "treaty", "2025-01-17", "2025-01-17", "2025-01-17", "Signed."),
    ("war", "War", "war", "2025-06-13/2025-06-24", "2025-06-13", "2025-06-24", ""),
    ("plant", "Plant opens", "production", "2024", "2024-01-01", "2024-12-31", ""),
    ("early", "Before", "sanction", "2010-06", "2010-06-01", "2010-06-30", ""),
)


def ids(figure):
    return [key for trace in figure.data for key in (trace.customdata or ())]


def texts(figure):
    noted = [note.text for note in figure.layout.annotations]
    return noted + [t for trace in figure.data for t in (getattr(trace, "text", None) or ())]


def check(figure):
    """Every mark lies inside its axes, and nothing is left unescaped."""
    assert isinstance(figure, go.Figure)
    assert figure.layout.height >= 150
    assert "<img" not in figure.to_json().replace("\\u003c", "<")
    assert "\u202e" not in "".join(texts(figure))
