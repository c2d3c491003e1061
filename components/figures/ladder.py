"""Stage ladder: the steps a transfer can take, and who says that each was taken."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import Draft, empty_figure
from components.figures.lettering import stacked, wrapped
from components.figures.transfer_marks import (
    DIRECTIONS,
    bar_marker,
    cancelled_stroke,
    code_words,
    contested_frame,
    half_strip,
    stage_fill,
)
from components.text import count_words, list_words, plain, plotly
from components.theme import Look, Palette
from data.assessment import Assessment, StageSupport
from data.claims import CANCELLED
from data.load import records

_NOTHING = "No statement that counts was public by this day."
_HALF_WIDTH = 0.17  # of a box, in steps
_TOP = 0.85
_LICENCE = "licensed_production"


def _steps(
    assessment: Assessment, stages: pd.DataFrame, *, has_licence: bool
) -> list[tuple[StageSupport, str]]:
    """The drawn steps with their labels, in the order of the vocabulary."""
    support = {step.stage_code: step for step in assessment.ladder}
    shown = assessment.stage_code

    def is_drawn(code: str) -> bool:
        if code == _LICENCE:
            return has_licence or shown == code
        if code == CANCELLED:
            return shown == code or bool(support[code].asserting)
        return True

    ordered = records(stages.sort_values("order"))
    return [
        (support[row.code], row.label)
        for row in ordered
        if row.code in support and is_drawn(row.code)
    ]


def _speakers(statements: Sequence[str], speaker_of: Mapping[str, str] | None) -> list[str]:
    """Who made the statements, each once; the statements themselves if that isn't told."""
    known = speaker_of or {}
    return list(dict.fromkeys(known.get(key, key) for key in statements))


def _counts(step: StageSupport, speaker_of: Mapping[str, str] | None) -> tuple[int, int]:
    return (
        len(_speakers(step.asserting, speaker_of)),
        len(_speakers(step.denying, speaker_of)),
    )


def _voices(step: StageSupport, speaker_of: Mapping[str, str] | None, palette: Palette) -> str:
    """What stands above a box."""
    yes, no = _counts(step, speaker_of)
    words = f"{yes} {'says' if yes == 1 else 'say'} so" if yes else "nobody"
    if not no:
        return words
    verb = "denies" if no == 1 else "deny"
    return f"{words}<br><span style='color:{palette.deny}'>× {no} {verb} it</span>"


def _hover(step: StageSupport, label: str, speaker_of: Mapping[str, str] | None) -> str:
    standing = f" · {code_words(step.standing_code)}" if step.standing_code else ""
    lines = [f"<b>{plotly(label, 60)}</b>{standing}"]
    for statements, one, many in (
        (step.asserting, "says so", "say so"),
        (step.denying, "denies it", "deny it"),
    ):
        names = _speakers(statements, speaker_of)
        verb = one if len(names) == 1 else many
        if names and speaker_of:
            shown = list_words([plain(name, 60) for name in names], 6)
            lines.append(f"{len(names)} {verb}:<br>{wrapped(shown)}")
        elif names:
            lines.append(f"{len(names)} {verb}")
    if not step.asserting and not step.denying:
        lines.append("nobody speaks of it")
    return "<br>".join(lines)


def stage_ladder(
    assessment: Assessment | None,
    stages: pd.DataFrame,
    direction_code: str,
    has_licence: bool,
    look: Look,
    speaker_of: Mapping[str, str] | None = None,
) -> go.Figure:
    """Draws how far a transfer got: a box per stage, filled by its own standing.

    Asserting a stage asserts those before it, denying one denies those after it, so
    the boxes up to the furthest one asserted are joined by a line.

    Args:
        assessment: Status of the transfer; None where nothing that counts is known.
        stages: The stage vocabulary: `code`, `label`, `order`.
        direction_code: Direction of the transfer.
        has_licence: Whether licensed production is one of its steps.
        look: Palette and width.
        speaker_of: Names of speakers by statement id. With it the counts are of
            speakers and the hover names them; without it they are of statements.

    Returns:
        The figure, 132 px high.
    """
    steps = _steps(assessment, stages, has_licence=has_licence) if assessment else []
    if assessment is None or not steps:
        return empty_figure(look, _NOTHING)
    tokens, colour = look.palette, look.palette.direction(direction_code)
    is_contested = assessment.standing_code == "contested"
    draft = Draft(look, 132, left=4, right=4, top=38, bottom=40)
    draft.axis("x", visible=False, range=[-0.5, len(steps) - 0.5])
    draft.axis("y", visible=False, range=[-1, 1])
    last = len(steps) - 1
    for place, ((step, label), (after, _)) in enumerate(
        zip(steps, [*steps[1:], steps[-1]], strict=True)
    ):
        has_assertion, is_shown = bool(step.asserting), step.stage_code == assessment.stage_code
        right = place + _HALF_WIDTH
        if place < last:
            is_joined = has_assertion and bool(after.asserting)
            draft.shape(
                type="line",
                x0=right,
                x1=right + 1 - 2 * _HALF_WIDTH,
                y0=0,
                y1=0,
                layer="below",
                line={
                    "color": colour if is_joined else tokens.strong,
                    "width": 3 if is_joined else 1.2,
                    "dash": "solid" if is_joined else "2px,3px",
                },
            )
        _box(draft, place, step, colour, is_contested=is_contested)
        draft.data[-1]["hovertext"] = [_hover(step, label, speaker_of)]
        room = 62 if look.is_narrow else 96
        name = stacked(label, room, 12 if look.is_narrow else 13)
        draft.note(
            f"<b>{name}</b>" if is_shown else name,
            x=place,
            y=-_TOP,
            yshift=-5,
            xanchor="center",
            yanchor="top",
            align="center",
            font={
                "size": 12 if look.is_narrow else 13,
                "color": tokens.ink if has_assertion or is_shown else tokens.ink3,
            },
        )
        draft.note(
            _voices(step, speaker_of, tokens),
            x=place,
            y=_TOP,
            yshift=4,
            xanchor="center",
            yanchor="bottom",
            align="center",
            font={
                "size": 11 if look.is_narrow else 12,
                "color": tokens.ink2 if has_assertion else tokens.ink3,
            },
        )
    return draft.figure()


def _box(draft: Draft, place: int, step: StageSupport, colour: str, *, is_contested: bool) -> None:
    """Adds one box; its bar, which is hovered over, comes last."""
    tokens = draft.look.palette
    # Nothing after “agreed” is solid while the record is contested.
    is_doubted = is_contested and bool(step.asserting)
    kind = stage_fill(step.stage_code, "contested" if is_doubted else step.standing_code)
    edge = colour if step.asserting else tokens.strong
    has_frame = step.standing_code == "contested"
    width = 0 if has_frame else 1.6 if step.asserting else 1
    left, right = place - _HALF_WIDTH, place + _HALF_WIDTH
    marker = bar_marker("hollow" if kind == "half" else kind, edge, tokens, width)
    if has_frame:
        draft.shape(**contested_frame((left, right), (-_TOP, _TOP), tokens))
    if kind == "half":
        draft.shape(**half_strip((left, right), (-_TOP, _TOP), colour))
    if step.stage_code == CANCELLED:
        draft.shape(**cancelled_stroke((left, right), (-_TOP, _TOP), edge))
    draft.bar(
        x=[place],
        y=[2 * _TOP],
        base=[-_TOP],
        width=2 * _HALF_WIDTH,
        customdata=[step.stage_code],
        marker=marker,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _way(direction_code: str) -> str:
    if direction_code == "other":
        return "of a transfer in another direction"
    supplier, recipient = DIRECTIONS[direction_code].split(" → ")
    return f"of a transfer from {supplier} to {recipient}"


def stage_ladder_alt(
    assessment: Assessment | None,
    stages: pd.DataFrame,
    direction_code: str,
    has_licence: bool,
    speaker_of: Mapping[str, str] | None = None,
) -> str:
    """Alternative text of `stage_ladder`.

    Args:
        assessment: As for the figure.
        stages: As for the figure.
        direction_code: As for the figure.
        has_licence: As for the figure.
        speaker_of: As for the figure.

    Returns:
        Two sentences, unescaped.
    """
    steps = _steps(assessment, stages, has_licence=has_licence) if assessment else []
    if assessment is None or not steps:
        return f"An empty stage ladder. {_NOTHING}"
    shown, label = next((s, n) for s, n in steps if s.stage_code == assessment.stage_code)
    yes, no = _counts(shown, speaker_of)
    unit = "speaker" if speaker_of else "statement"
    denied = f", {no} {'denies' if no == 1 else 'deny'} it" if no else ""
    said = count_words(yes, f"{unit} says so", f"{unit}s say so") if yes else f"no {unit} says so"
    names = list_words([name.lower() for _, name in steps], len(steps))
    return (
        f"Ladder of {len(steps)} stages {_way(direction_code)}: {names}. "
        f"The stage shown is {label.lower()}, {code_words(assessment.standing_code)}: "
        f"{said}{denied}."
    )
