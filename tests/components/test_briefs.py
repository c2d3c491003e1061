"""Briefs: what they say, that every text is escaped, and what they do without a chart."""

import io
import re
from datetime import date
from html.parser import HTMLParser

import docx
import pytest
from PIL import Image

from components.briefs import chart_image
from components.briefs.content import MOST_ROWS, NO_CHART, Chart, brief_content, note_marks
from components.briefs.docx import brief_docx
from components.briefs.html import brief_html
from data.exports.excerpt import excerpt
from data.load import load_dataset
from data.package import FOLDER
from data.receipt import receipt
from data.selection import Selection
from tests.data.package_fixture import edit_cell, row_of, write_package

ATTACK = '"><script>alert(1)</script><img src=//evil.example/x onerror=alert(2)>'
LINK = "https://ledger.example/record?record=su-35"


def pixel():
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(picture, "PNG")
    return picture.getvalue()


PIXEL = pixel()


@pytest.fixture(scope="module")
def ledger():
    return load_dataset(FOLDER)


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and its text."""

    def __init__(self):
        super().__init__()
        self.tags, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def read(html):
    tags = Tags()
    tags.feed(html.decode())
    return tags.tags, " ".join("".join(tags.text).split())


def words_of(document):
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def made(dataset, page, **filters):
    view = excerpt(dataset, Selection(**filters), LINK)
    return view, brief_content(view, page, "What was promised, what arrived?")


def test_a_record_brief_says_what_it_rests_on_in_both_forms(ledger):
    view, brief = made(ledger, "record", record="fath-360", as_of=date(2024, 9, 15))
    assert brief.title == "Fath-360 missiles"
    assert "deny it" in brief.headline
    said = view.rows.statements
    assert len(brief.sections[0].lines) == len(said)
    assert len(brief.contested) >= 1
    assert brief.contested[0].notes[0] == 1
    _, page = read(brief_html(brief))
    document = words_of(docx.Document(io.BytesIO(brief_docx(brief))))
    for text in (page, document):
        for words in (
            brief.headline,
            "15 September 2024",
            "19 August 2026 (cut-off)",
            receipt(view),
            LINK,
            "Contested",
            NO_CHART,
            *brief.notes,
            f"version {ledger.version}",
        ):
            assert words in text, words


def test_notes_are_numbered_once_in_the_order_of_reading(ledger):
    for page, filters in (("overview", {}), ("views", {"actors": ("israel",)}), ("timeline", {})):
        _, brief = made(ledger, page, **filters)
        lines = [*brief.contested, *(line for s in brief.sections for line in s.lines)]
        seen = []
        for line in lines:
            seen += [n for n in line.notes if n not in seen]
            assert list(line.notes) == sorted(line.notes)
        assert sorted(seen) == list(range(1, len(brief.notes) + 1))
        assert len(set(brief.notes)) == len(brief.notes)
        assert all(line.notes for line in lines)


def test_nothing_later_than_the_as_known_date_is_cited(ledger):
    view, brief = made(ledger, "statements", as_of=date(2022, 11, 4))
    (section,) = brief.sections
    assert len(section.lines) == min(MOST_ROWS, len(view.rows.statements))
    assert not [line for line in section.lines if re.search(r"\b202[3-6]\b", line.cells[0])]


def test_a_long_table_says_how_many_rows_it_leaves_out(ledger):
    view, brief = made(ledger, "statements")
    (section,) = brief.sections
    count = len(view.rows.statements)
    assert len(section.lines) == MOST_ROWS
    assert f"The first {MOST_ROWS} of {count:,} rows" in section.intro
    assert f"{count - MOST_ROWS:,} more are left out here" in section.intro


def test_every_page_has_a_brief_also_of_nothing(ledger):
    for page in ("overview", "timeline", "ledger", "network", "views", "statements"):
        _, brief = made(ledger, page, q="nothing has this")
        assert brief.headline
        brief_html(brief)
        brief_docx(brief)
    event = ledger.event_transfers["event_id"].iloc[0]
    _, brief = made(ledger, "record", record=event)
    assert brief.sections[0].lines


def test_no_text_of_the_data_becomes_markup_or_a_request(tmp_path):
    folder = write_package(tmp_path / "package")
    for number in range(2, 6):
        edit_cell(folder, "statements", number, "summary", ATTACK)
    edit_cell(folder, "sources", 2, "title", ATTACK)
    edit_cell(folder, "sources", 3, "url", "https://x.example/?" + ATTACK.replace(" ", "+"))
    edit_cell(folder, "transfers", 2, "name", ATTACK)
    edit_cell(folder, "actors", row_of("actors", "jane-doe"), "name", "\u202eevil\x07 " + ATTACK)
    dataset = load_dataset(folder)
    for page, filters in (("overview", {}), ("record", {"record": "drones"}), ("views", {})):
        view = excerpt(dataset, Selection(**filters), f"javascript:{ATTACK}")
        brief = brief_content(view, page, ATTACK, Chart(PIXEL, ATTACK, ATTACK))
        tags, _ = read(brief_html(brief))
        assert not {tag for tag, _ in tags} & {"script", "iframe", "object", "link", "form"}
        for tag, attributes in tags:
            assert not [name for name in attributes if name.startswith("on")]
            if tag == "img":
                assert attributes["src"].startswith("data:image/png;base64,")
            if tag == "a":
                assert attributes["href"].startswith("#note-")
        assert "\u202e" not in brief_html(brief).decode()
        assert "<script>" in words_of(docx.Document(io.BytesIO(brief_docx(brief))))


def test_equal_briefs_are_equal_files(ledger):
    _, brief = made(ledger, "record", record="su-35")
    assert brief_docx(brief) == brief_docx(brief)
    assert brief_html(brief) == brief_html(brief)


def test_a_chart_goes_in_with_its_words(ledger):
    view = excerpt(ledger, Selection(record="su-35"), LINK)
    brief = brief_content(view, "record", "", Chart(PIXEL, "Who said what?", "Marks by speaker."))
    tags, text = read(brief_html(brief))
    assert [a["alt"] for tag, a in tags if tag == "img"] == ["Marks by speaker."]
    assert NO_CHART not in text
    document = docx.Document(io.BytesIO(brief_docx(brief)))
    assert len(document.inline_shapes) == 1


def test_runs_of_notes_are_drawn_together():
    assert note_marks((1, 2, 3, 5, 7, 8)) == "1–3, 5, 7, 8"
    assert note_marks(()) == ""


FIGURE = '{"data": [{"type": "bar", "y": [1, 2]}], "layout": {}}'


def test_a_host_that_cannot_draw_or_hangs_gives_no_picture(monkeypatch):
    monkeypatch.setattr(chart_image, "browser", lambda: "")
    assert chart_image.chart_png(FIGURE, 300, 200) is None
    monkeypatch.setattr(chart_image, "browser", lambda: "/bin/false")
    monkeypatch.setattr(chart_image, "_PROGRAM", "import time; time.sleep(30)")
    assert chart_image.chart_png(FIGURE, 300, 200, seconds=0.5) is None
    monkeypatch.setattr(chart_image, "_PROGRAM", "raise SystemExit(3)")
    assert chart_image.chart_png(FIGURE, 300, 200) is None


@pytest.mark.skipif(not chart_image.browser(), reason="the host has no kaleido or no browser")
def test_a_host_with_a_browser_draws():
    png = chart_image.chart_png(FIGURE, 300, 200)
    assert png is not None
    assert png.startswith(b"\x89PNG")
