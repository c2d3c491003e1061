"""Wording of dates, numbers and lists, and the escaping of everything from data."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components import text as words
from data import dates
from data.load import load_dataset
from data.package import FOLDER

SPECIAL = set("\\`*_{}[]()<>#+-.!|~$:&\"'=^@")
ANY_TEXT = st.text(max_size=120)
MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<script>",
                "<b>",
                "**b**",
                "_i_",
                "`c`",
                "[a](javascript:alert(1))",
                "![a](x)",
                "# h",
                "- item",
                "1. item",
                "> quote",
                "| a | b |",
                "---",
                "===",
                "$x$",
                ":red[x]",
                ":material/home:",
                "&lt;",
                "\\",
                "<!--",
                "http://x.example",
                "~~s~~",
                "[^1]",
                "\n",
                "    ",
                "\t",
                "\u202e",
                "\x00",
            ]
        ),
        st.text(max_size=4),
    ),
    max_size=12,
).map("".join)


# ── Escaping ─────────────────────────────────────────────────────────────────────────────────────


@given(st.one_of(ANY_TEXT, MARKUP))
@example("\\*x*")
@example("a\\")
def test_every_special_character_is_escaped_once(text):
    shown = words.markdown(text)
    unescaped, place = [], 0
    while place < len(shown):
        if shown[place] == "\\":
            assert shown[place + 1] in SPECIAL
            place += 1
        else:
            assert shown[place] not in SPECIAL
        unescaped.append(shown[place])
        place += 1
    # Plain text holds no joiner of this kind, so each is the escaping's own.
    assert "".join(unescaped).replace("\u2060", "") == words.plain(text)


@given(st.one_of(ANY_TEXT, MARKUP))
def test_escaped_text_renders_as_itself(text):
    markdown_it = pytest.importorskip("markdown_it")
    parser = markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    blocks = parser.parse(words.markdown(text))
    if not words.plain(text):
        assert blocks == []
        return
    assert [block.type for block in blocks] == ["paragraph_open", "inline", "paragraph_close"]
    assert {part.type for part in blocks[1].children} == {"text"}
    # The parser replaces noncharacters that nothing could show.
    shown = "".join(part.content for part in blocks[1].children)
    assert shown.replace("\u2060", "") == words.plain(text)


# As Streamlit's Markdown finds them in the text that is left once backslashes are gone.
AUTOMATIC = (
    r"(https?://|www(?=\.))([-.\w]+)",
    r"([-.\w+]+)@([-\w]+)",
    r":material/\w+:",
    r":streamlit:",
)


@pytest.mark.parametrize(
    "text",
    [
        "see https://a.example/x.",
        "HTTP://A.EXAMPLE",
        "www.a.example",
        "WWW.a.example",
        "a@b.example",
        "a.b+c@b.example",
        ":material/home:",
        ":MATERIAL/home: :streamlit:",
    ],
)
def test_nothing_becomes_a_link_or_an_icon_of_its_own(text):
    assert any(re.search(pattern, text, re.I) for pattern in AUTOMATIC)
    shown = words.markdown(text).replace("\\", "")
    assert not any(re.search(pattern, shown, re.I) for pattern in AUTOMATIC)
    assert shown.replace("\u2060", "") == text


@given(st.one_of(ANY_TEXT, MARKUP), st.integers(1, 40))
def test_plain_text_is_one_short_line_that_hides_nothing(text, most):
    shown = words.plain(text, most)
    assert len(shown) <= most
    assert shown == " ".join(shown.split())
    for char in shown:
        assert char in "\u200c\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co")


def test_plain_text_keeps_persian_joiners_and_says_where_it_is_cut():
    assert words.plain("می\u200cخواهم") == "می\u200cخواهم"
    assert words.plain("abcdef", 6) == "abcdef"
    assert words.plain("abcdefg", 6) == "abcde…"
    assert words.plain("ev\u202eil\u2066 \x00 x\ty\nz") == "ev il x y z"


@given(st.one_of(ANY_TEXT, MARKUP))
@example("<a href='javascript:alert(1)'>x</a>")
@example("&lt;b&gt;")
def test_text_in_charts_has_no_tag_and_no_entity_of_its_own(text):
    shown = words.plotly(text)
    assert "<" not in shown
    assert ">" not in shown
    assert re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt);)*", shown)
    back = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert back == words.plain(text, 300)


@given(ANY_TEXT)
def test_isolated_text_is_closed_again(text):
    shown = words.isolated(words.plain(text))
    assert shown[0] == "\u2068"
    assert shown[-1] == "\u2069"
    assert shown[1:-1] == words.plain(text)


# ── Dates ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "day not known"),
        ("", "day not known"),
        ("2022", "2022"),
        ("2022-08", "August 2022"),
        ("2022-08-09", "9 August 2022"),
        ("2022~", "about 2022"),
        ("2022-08~", "about August 2022"),
        ("2022-08-09~", "about 9 August 2022"),
        ("2022?", "2022, uncertain"),
        ("2022-08?", "August 2022, uncertain"),
        ("2022-08-09%", "about 9 August 2022, uncertain"),
        ("2022-33", "quarter 1 of 2022"),
        ("2022-36", "quarter 4 of 2022"),
        ("2022-36~", "about quarter 4 of 2022"),
        ("2022-35?", "quarter 3 of 2022, uncertain"),
        ("2022-09-04/2022-09-06", "4 September 2022 to 6 September 2022"),
        ("2022-08~/2022-10", "about August 2022 to October 2022"),
        ("2022-08/2022-10?", "August 2022 to October 2022, uncertain"),
        ("2022/..", "since 2022"),
        ("2022-08~/..", "since about August 2022"),
        ("2022/", "since 2022"),
        ("../2022-08", "until August 2022"),
        ("/2022", "until 2022"),
        ("202X", "1 January 2020 to 31 December 2029"),
        ("2022-XX", "1 January 2022 to 31 December 2022"),
        ("2022-~08", "about 1 August 2022 to 31 August 2022"),
    ],
)
def test_date_in_words(text, expected):
    assert words.date_words(text) == expected


@pytest.mark.parametrize("part", range(21, 42))
@pytest.mark.parametrize("mark", ["", "~", "?", "%"])
def test_seasons_and_parts_of_years_have_words(part, mark):
    text = f"2022-{part}{mark}"
    try:
        dates.parse(text)
    except dates.DateError:
        return
    shown = words.date_words(text)
    assert re.search(r"\b202[0-3]\b", shown)
    assert shown.startswith("about ") == (mark in ("~", "%"))
    assert shown.endswith(", uncertain") == (mark in ("?", "%"))


def test_every_date_of_the_dataset_has_words():
    dataset = load_dataset(FOLDER)
    texts = {
        *dataset.statements["said_date"],
        *dataset.statements["published_date"],
        *dataset.statements["stage_date"].dropna(),
        *dataset.events["event_date"],
        *dataset.relations["relation_date"],
        *dataset.deliveries["delivered_date"].dropna(),
        *dataset.sources["published_date"].dropna(),
    }
    assert len(texts) > 100
    for text in texts:
        shown = words.date_words(text)
        for year in re.findall(r"\d{4}", text):
            assert year in shown, (text, shown)
        assert ("about" in shown) == ("~" in text or "%" in text)
        assert ("uncertain" in shown) == ("?" in text or "%" in text)


@given(st.dates())
def test_a_day_in_words_holds_day_month_and_year(day):
    shown = words.day_words(day).split()
    assert (int(shown[0]), int(shown[2])) == (day.day, day.year)
    assert shown[1][:3] == date(2000, day.month, 1).strftime("%b")


# ── Numbers and lists ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (None, None, ""),
        (float("nan"), float("nan"), ""),
        (24, 24, "24"),
        (24, 50, "24–50"),
        (200, None, "200 or more"),
        (200, float("nan"), "200 or more"),
        (None, 24, "up to 24"),
        (float("nan"), 24.0, "up to 24"),
        (0, 0, "0"),
        (0, 5, "0–5"),
        (None, 0, "up to 0"),
        (6000, 8060, "6,000–8,060"),
        (1.5, 2, "1.5–2"),
    ],
)
def test_range_in_words(low, high, expected):
    assert words.range_words(low, high) == expected


def test_list_in_words():
    assert words.list_words([]) == ""
    assert words.list_words(["A"]) == "A"
    assert words.list_words(["A", "B"]) == "A and B"
    assert words.list_words(["A", "B", "C"]) == "A, B and C"
    assert words.list_words(list("ABCDE")) == "A, B, C, D and E"
    assert words.list_words(list("ABCDEF")) == "A, B, C, D and 2 others"
    assert words.list_words(list("ABC"), 2) == "A and 2 others"


@given(st.integers(1, 30), st.integers(2, 8))
def test_a_list_counts_everyone(number, most):
    shown = words.list_words([f"N{i}" for i in range(number)], most)
    others = re.search(r"(\d+) others$", shown)
    assert len(re.findall(r"N\d+", shown)) + (int(others[1]) if others else 0) == number
    assert shown.count(",") + shown.count(" and ") <= most - 1


def test_counts_and_ages_in_words():
    assert words.count_words(1, "transfer") == "1 transfer"
    assert words.count_words(0, "transfer") == "0 transfers"
    assert words.count_words(1200, "body", "bodies") == "1,200 bodies"
    assert words.age_words(1) == "1 day"
    assert words.age_words(60) == "60 days"
    assert words.age_words(400) == "13 months"
    assert words.age_words(365.25 * 11 + 1) == "11 years"
    assert words.number_words(8060) == "8,060"


# ── Marked parts ────────────────────────────────────────────────────────────────────────────────


def test_marked_parts_keep_the_blanks_around_them():
    text = "Both Su-35 and شاهد came"
    shown = words.highlighted(text, [range(5, 10), range(15, 19)])
    assert shown == ("Both :yellow-background[Su\\-35] and :yellow-background[شاهد] came")
    assert words.highlighted("", []) == ""
    assert words.highlighted("a*b", []) == "a\\*b"


@given(MARKUP | ANY_TEXT, st.lists(st.integers(0, 60), max_size=6))
@example("a](javascript:alert(1)) :red[x]", [1, 2, 15, 20])
@example("www.example.org", [0, 3])
def test_marked_text_is_escaped_inside_and_outside(text, places):
    edges = sorted({min(place, len(text)) for place in places})
    marks = [range(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    shown = words.highlighted(text, marks)
    bare = re.sub(r"\\.", "", shown).replace(":yellow-background[", "\0")
    assert bare.count("\0") <= len(marks)
    assert not SPECIAL & set(bare.replace("\0", "").replace("]", ""))
    assert bare.count("]") == bare.count("\0")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("شاهد ۱۳۶", True), ("… ‌۱۲ شاهد", True), ("Shahed شاهد", False), ("136", False), ("", False)],
)
def test_writing_direction(text, expected):
    assert words.is_right_to_left(text) is expected
