"""Uncertain dates: the fast path agrees with the library, and what is no date is refused."""

import calendar
from datetime import date

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import dates
from data.dates import MAX_LENGTH, DateError, parse, parse_iso_day

LAW = settings(max_examples=60, deadline=None)
MARKS = ("", "~", "?", "%")


@st.composite
def plain(draw: st.DrawFn) -> str:
    """A year, month or day with or without a mark."""
    when = draw(st.dates(date(1, 1, 1), date(9999, 12, 31)))
    text = when.isoformat()[: draw(st.sampled_from([4, 7, 10]))]
    return text + draw(st.sampled_from(MARKS))


def strict_bounds(text: str) -> tuple[date, date]:
    parsed = edtf.parse_edtf(text)
    return date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])


@LAW
@given(plain())
def test_fast_path_agrees_with_the_library(text: str) -> None:
    assert dates._plain_bounds(text) is not None, "the fast path must take it"
    read = parse(text)
    assert (read.earliest, read.latest) == strict_bounds(text)
    assert read.text == text
    assert read.is_approximate == text.endswith(("~", "%"))
    assert read.is_uncertain == text.endswith(("?", "%"))
    assert not read.is_interval
    assert read.is_single_day == (len(text) == 10)


@LAW
@given(st.integers(1, 9999), st.integers(0, 14), st.integers(0, 33), st.sampled_from(MARKS))
def test_only_days_of_the_calendar(year: int, month: int, day: int, mark: str) -> None:
    text = f"{year:04}-{month:02}-{day:02}{mark}"
    if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        assert parse(text).earliest == parse(text).latest == date(year, month, day)
    else:
        with pytest.raises(DateError):
            parse(text)


@LAW
@given(plain(), plain())
def test_intervals_run_from_the_first_start_to_the_last_end(first: str, second: str) -> None:
    start, end = parse(first).earliest, parse(second).latest
    text = f"{first}/{second}"
    if end < start:
        with pytest.raises(DateError, match="earlier date first"):
            parse(text)
        return
    read = parse(text)
    assert (read.earliest, read.latest, read.is_interval) == (start, end, True)
    assert read.is_approximate == (parse(first).is_approximate or parse(second).is_approximate)
    assert read.is_uncertain == (parse(first).is_uncertain or parse(second).is_uncertain)


@LAW
@given(plain(), st.sampled_from(["", ".."]))
def test_open_ends_have_no_bound(text: str, end: str) -> None:
    to_now, from_ever = parse(f"{text}/{end}"), parse(f"{end}/{text}")
    assert (to_now.earliest, to_now.latest) == (parse(text).earliest, None)
    assert (from_ever.earliest, from_ever.latest) == (None, parse(text).latest)
    assert to_now.is_interval
    assert from_ever.is_interval
    assert not to_now.is_single_day
    assert not from_ever.is_single_day


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022-33", date(2022, 1, 1), date(2022, 3, 31)),
        ("2022-34", date(2022, 4, 1), date(2022, 6, 30)),
        ("2022-35", date(2022, 7, 1), date(2022, 9, 30)),
        ("2022-36", date(2022, 10, 1), date(2022, 12, 31)),
        ("2022-33/2022-34", date(2022, 1, 1), date(2022, 6, 30)),
        ("202X", date(2020, 1, 1), date(2029, 12, 31)),
        ("2022-XX", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-08/..", date(2022, 8, 1), None),
        ("1982~/..", date(1982, 1, 1), None),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-09-04/2024-09-06", date(2024, 9, 4), date(2024, 9, 6)),
        ("2022-10-10/2022-10-10", date(2022, 10, 10), date(2022, 10, 10)),
    ],
)
def test_bounds(text: str, earliest: date | None, latest: date | None) -> None:
    assert (parse(text).earliest, parse(text).latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-08-19", True),
        ("2022-08-19/2022-08-19", True),
        ("2022-08-19~", False),
        ("2022-08-19?", False),
        ("2022-08-19%", False),
        ("2022-08", False),
        ("2022-08-19/2022-08-20", False),
        ("2022-08-19/..", False),
        ("../2022-08-19", False),
    ],
)
def test_a_single_day_is_one_that_nobody_doubts(text: str, expected: bool) -> None:
    assert parse(text).is_single_day is expected


BAD = [
    *("", " ", "..", "unknown", "August 2022", "19.08.2022", "2022-8", "22", "10000", "0000"),
    *("0000-05", "2022-00", "2022-13", "2022-02-30", "2023-02-29", "2022-08-00", "2022-8-19"),
    *("2022-08-19-20", "20220819", "2022/08/19", "2022-Q3", "2022?~", "~", "?", "-0100"),
    *("y170000002", "2022-08 – 2022-10", "2022 bis 2023", "\0", "2022\0", "x" * 10_000),
    # The library overlooks blanks, and reads an interval as one end of another.
    *("2022 ", " 2022", "2022-08\n", "2022-01 /2022-03", "2022-01/2022-03/2022-05"),
    # Digits of other scripts are digits to Python.
    *("٢٠٢٢", "２０２２-08", "۲۰۲۲-۰۸-۱۹"),
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_date_is_refused_with_a_mend(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)
    assert isinstance(caught.value, ValueError)
    assert "; " in str(caught.value)
    assert "2022-08-19" in str(caught.value) or "/" in text


@pytest.mark.parametrize("text", ["/", "../..", "../", "/.."])
def test_an_interval_needs_an_end(text: str) -> None:
    with pytest.raises(DateError, match="give at least one"):
        parse(text)


@pytest.mark.parametrize("text", ["2022-10/2022-08", "2023/2022~", "2022-08-20/2022-08-19"])
def test_reversed_intervals_are_refused(text: str) -> None:
    with pytest.raises(DateError, match="ends before it starts; put the earlier date first"):
        parse(text)


@LAW
@given(st.text(alphabet="0123456789-/~?%.XTZ[]{}, uy", max_size=14))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = parse(text)
    except DateError as error:
        assert "; " in str(error)
        return
    assert read.earliest or read.latest
    assert not (read.earliest and read.latest and read.latest < read.earliest)


@LAW
@given(st.dates())
def test_iso_days(when: date) -> None:
    assert parse_iso_day(when.isoformat()) == when


@pytest.mark.parametrize(
    "text",
    [
        *("", "2024", "2024-10", "2024-10-32", "2024-02-30", "2024-10-3", "20241031", "31.10.2024"),
        *(
            "2024-W44-4",
            "2024-10-31~",
            " 2024-10-31",
            "2024-10-31T00:00",
            "２０２４-１０-３１",
            "0000-01-01",
        ),
        *("2024-10-31\n", "٢٠٢٤-١٠-٣١", "2024-10-31\0"),
    ],
)
def test_what_is_no_iso_day_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="day"):
        parse_iso_day(text)


def test_the_mend_is_told_to_the_letter() -> None:
    with pytest.raises(DateError) as caught:
        parse("soon")
    assert str(caught.value) == (
        "'soon' is not a date in EDTF; write 2022-08-19, 2022-08, 2022, 2022-08~ (about), "
        "2022? (uncertain) or 2022-08/2022-10 (from–to)"
    )


def test_a_page_of_digits_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(DateError) as caught:
        parse("2" * (MAX_LENGTH + 1))
    assert str(caught.value) == (f"{'2' * 20!r}… is too long for a date; write it as 2022-08-19")
    assert parse("2022-08-19/2022-08-20").is_interval
    longest = f"2022-08-19~/{'2022-08-20'}"
    assert len(longest) < MAX_LENGTH
