"""The OpenAPI document as a page to read: one file, no script, nothing from elsewhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from components.theme import DARK, LIGHT, Palette
from dashboard.api.endpoints import ROOT

_USED = ("paper", "panel", "ink", "ink2", "rule")
_STYLE = """
body{margin:0 auto;max-width:62rem;padding:1.5rem 1rem 4rem;
background:var(--paper);color:var(--ink);
font:1rem/1.5 "Source Sans 3","Source Sans Pro",system-ui,sans-serif;overflow-wrap:anywhere}
h1,h2{font-family:"Source Serif 4",Georgia,serif;line-height:1.2}h2{margin:2.5rem 0 .5rem}
h3{margin:1.6rem 0 .2rem;font-size:1.05rem}a{color:inherit}p{margin:.4rem 0;max-width:46rem}
.quiet{color:var(--ink2);font-size:.9rem}code{font-family:ui-monospace,monospace;font-size:.9em}
.box{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;
border-bottom:1px solid var(--rule)}
td:first-child,td:nth-child(2){overflow-wrap:normal}
th{color:var(--ink2);font-weight:600}summary{cursor:pointer;padding:.5rem 0}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1rem;padding:.6rem .8rem;background:var(--panel)}
:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
"""
_MARKS = (
    (re.compile(r"`([^`]*)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*([^*]*)\*\*"), r"<b>\1</b>"),
)

Node = Mapping[str, Any]


def _colours(palette: Palette) -> str:
    return "".join(f"--{name}:{getattr(palette, name)};" for name in _USED)


def _prose(text: str) -> str:
    """Escaped text with code and strong words marked."""
    found = escape(text)
    for mark, html in _MARKS:
        found = mark.sub(html, found)
    return found


def _anchor(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="box" tabindex="0"><table><tr>{head}</tr>{body}</table></div>'


def _kind(schema: Node) -> str:
    """What a schema takes, in words."""
    if "anyOf" in schema:
        return _kind(schema["anyOf"][0])
    kinds = schema.get("type", "")
    names = [kinds] if isinstance(kinds, str) else [kind for kind in kinds if kind != "null"]
    told = " or ".join(names)
    if told == "array":
        told = f"list of {_kind(schema['items'])}"
    if schema.get("format") == "date":
        told = "day"
    return told + (", or null" if "null" in kinds and not isinstance(kinds, str) else "")


def _codes(schema: Node) -> str:
    schema = schema.get("items", schema)
    listed = [code for code in schema.get("enum", ()) if code is not None]
    return "<br>" + " ".join(map(_code, listed)) if listed else ""


def _keys(document: Node, operation: Node) -> list[Node]:
    """The parameters of an operation's query."""
    usual = document["components"]["parameters"]
    named = [
        usual[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        for one in operation.get("parameters", ())
    ]
    return [one for one in named if one["in"] == "query"]


def _parameters(document: Node) -> str:
    rows = (
        (
            f'<span id="key-{escape(name)}">{_code(name)}</span>',
            escape(_kind(one["schema"])),
            _prose(one["description"]),
        )
        for name, one in document["components"]["parameters"].items()
    )
    return _table(("Key", "Type", "What it asks for"), rows)


def _endpoint(path: str, operation: Node, keys: list[Node]) -> str:
    named = " ".join(
        f'<a href="#key-{escape(one["name"])}">{_code(one["name"])}</a>'
        + (" (needed)" if one["required"] else "")
        for one in keys
    )
    answers = [
        f"{escape(status)} {' '.join(_code(m) for m in answer.get('content', {}))}".strip()
        for status, answer in operation["responses"].items()
    ]
    is_whole = "{" not in path and not any(one["required"] for one in keys)
    shown = f'<a href="{escape(path)}">{_code(path)}</a>' if is_whole else _code(path)
    lines = [f"<h3>GET {shown}</h3><p>{_prose(operation['summary'])}</p>"]
    if keys:
        lines.append(f'<p class="quiet">Keys: {named}</p>')
    lines.append(f'<p class="quiet">Answers: {" · ".join(answers)}</p>')
    return "".join(lines)


def _rows(document: Node) -> Iterator[str]:
    for name, schema in document["components"]["schemas"].items():
        if not name.endswith("Row"):
            continue
        rows = (
            (_code(column), escape(_kind(one)), _prose(one["description"]) + _codes(one))
            for column, one in schema["properties"].items()
        )
        title = f"<b>{escape(name.removesuffix('Row').lower())}</b>"
        about = _prose(schema.get("description", ""))
        table = _table(("Column", "Type", "What it holds"), rows)
        yield f"<details><summary>{title}: {about}</summary>{table}</details>"


def docs_page(document: Node) -> bytes:
    """Draws the page.

    Args:
        document: As `dashboard.api.openapi.document` makes it.

    Returns:
        HTML in UTF-8; light or dark as the reader's system is.
    """
    groups: dict[str, list[str]] = {}
    for path, methods in document["paths"].items():
        operation = methods["get"]
        groups.setdefault(operation["tags"][0], []).append(
            _endpoint(path, operation, _keys(document, operation))
        )
    heads = [*groups, "Keys", "Columns"]
    menu = "".join(f'<a href="#{_anchor(head)}">{escape(head)}</a>' for head in heads)
    info = document["info"]
    prose = "".join(f"<p>{_prose(part)}</p>" for part in info["description"].split("\n\n"))
    parts = [
        *(
            f'<h2 id="{_anchor(name)}">{escape(name)}</h2>{"".join(ones)}'
            for name, ones in groups.items()
        ),
        f'<h2 id="keys">Keys</h2>{_parameters(document)}',
        f'<h2 id="columns">Columns</h2>{"".join(_rows(document))}',
    ]
    title, version = escape(info["title"]), escape(info["summary"])
    style = (
        f":root{{color-scheme:light dark;{_colours(LIGHT)}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{_colours(DARK)}}}}}{_STYLE}"
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{style}</style></head><body><main><h1>{title}</h1>"
        f'<p class="quiet">{version} Licence: {escape(info["license"]["name"])}. '
        f'<a href="{ROOT}/openapi.json">OpenAPI document</a> · <a href="/">The ledger</a></p>'
        f"<nav>{menu}</nav>{prose}{''.join(parts)}</main></body></html>"
    ).encode("utf-8", "replace")
