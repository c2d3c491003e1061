"""A brief as a Word document."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from components.briefs.content import NOTHING_CONTESTED, Brief, Line, Section, note_marks
from components.text import plain
from data.exports.archive import repacked

_LONGEST = 4000
_GREY, _DENY = "4A5057", "A8124F"
_SMALL = 38_100  # three points, in the units of the format


def _run(paragraph: Any, words: str, *, is_bold: bool = False, colour: str = "") -> Any:
    from docx.shared import RGBColor

    run = paragraph.add_run(plain(words, _LONGEST))
    run.bold = is_bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def _marks(paragraph: Any, notes: Sequence[int]) -> None:
    if notes:
        paragraph.add_run(note_marks(notes)).font.superscript = True


def _styles(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    for name, font, size in (
        ("Normal", "Calibri", 10),
        ("Title", "Georgia", 22),
        ("Heading 1", "Georgia", 14),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.font.color.rgb = RGBColor.from_string("14171B")
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for side in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(side), font)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    rule = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if rule is not None:
        document.styles["Title"].element.pPr.remove(rule)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2)


def _shade(cell: Any, *, edge: str) -> None:
    """Gives a cell a dashed frame, which stands for denial everywhere in the ledger."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "dashed"), ("sz", "12"), ("color", edge)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)


def _contested(document: Any, lines: Sequence[Line]) -> None:
    box = document.add_table(rows=1, cols=1).rows[0].cells[0]
    _shade(box, edge=_DENY)
    _run(box.paragraphs[0], "Contested", is_bold=True, colour=_DENY)
    if not lines:
        box.add_paragraph(NOTHING_CONTESTED)
    for line in lines:
        name, words = line.cells
        paragraph = box.add_paragraph()
        paragraph.paragraph_format.space_after = _SMALL
        _run(paragraph, f"{name}.", is_bold=True).add_text(" ")
        _run(paragraph, words)
        _marks(paragraph, line.notes)


def _repeated_head(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _section(document: Any, section: Section) -> None:
    document.add_heading(plain(section.title), level=1)
    _run(document.add_paragraph(), section.intro, colour=_GREY)
    table = document.add_table(rows=len(section.lines) + 1, cols=len(section.columns))
    table.style = "Table Grid"
    rows = list(table.rows)
    _repeated_head(rows[0])
    for cell, name in zip(rows[0].cells, section.columns, strict=True):
        _run(cell.paragraphs[0], name, is_bold=True)
    for row, line in zip(rows[1:], section.lines, strict=True):
        cells = row.cells
        for cell, text in zip(cells, line.cells, strict=True):
            _run(cell.paragraphs[0], text)
        _marks(cells[-1].paragraphs[0], line.notes)
    _widths(table, section)


def _widths(table: Any, section: Section) -> None:
    """Gives columns widths by what they hold, so that words aren't broken up."""
    from docx.shared import Cm

    held = [
        sorted(len(line.cells[place]) for line in section.lines)[-(len(section.lines) // 4) - 1]
        if section.lines
        else 1
        for place in range(len(section.columns))
    ]
    weights = [
        max(2 * len(name), 11, min(size, 70))
        for name, size in zip(section.columns, held, strict=True)
    ]
    table.autofit = False
    for place, weight in enumerate(weights):
        width = Cm(17 * weight / sum(weights))
        table.columns[place].width = width
        for cell in table.columns[place].cells:
            cell.width = width


def _chart(document: Any, brief: Brief) -> None:
    from docx.shared import Cm

    if brief.chart is not None:
        document.add_heading(plain(brief.chart.question), level=1)
        picture = document.add_picture(io.BytesIO(brief.chart.png), width=Cm(17))
        if picture.height > Cm(20):  # it has to stand on a page with its words
            picture.width, picture.height = (
                int(picture.width * Cm(20) / picture.height),
                Cm(20),
            )
        _run(document.add_paragraph(), brief.chart.alt, colour=_GREY)
    else:
        _run(document.add_paragraph(), brief.chart_note, colour=_GREY)


def brief_docx(brief: Brief) -> bytes:
    """Sets a brief as a Word document.

    Args:
        brief: What it says.

    Returns:
        The file; the same bytes for the same brief.
    """
    import docx

    document = docx.Document()
    _styles(document)
    _run(document.add_paragraph(), "Russia–Iran Arms Ledger · cited brief", colour=_GREY)
    document.add_heading(plain(brief.title, 300), level=0)
    finding = document.add_paragraph()
    _run(finding, brief.headline, is_bold=True)
    for name, value in brief.facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = 0
        _run(paragraph, f"{name}:", colour=_GREY).add_text(" ")
        _run(paragraph, value)
    _contested(document, brief.contested)
    for section in brief.sections:
        _section(document, section)
    _chart(document, brief)
    document.add_heading("Notes", level=1)
    for number, note in enumerate(brief.notes, start=1):
        _run(document.add_paragraph(), f"{number}. {note}")
    _run(document.add_paragraph(), f"The ledger itself: {brief.ledger}")
    document.add_heading("This view", level=1)
    verify = f'python -m data.receipt {brief.receipt} --query "{brief.query}"'
    for name, value in (
        ("Permalink", brief.address),
        ("Receipt", brief.receipt),
        ("To verify", verify),
    ):
        paragraph = document.add_paragraph()
        _run(paragraph, f"{name}:", colour=_GREY).add_text(" ")
        _run(paragraph, value)
    properties = document.core_properties
    properties.title, properties.author = plain(brief.title, 200), "Russia–Iran Arms Ledger"
    properties.created = properties.modified = datetime(2020, 1, 1)
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())
