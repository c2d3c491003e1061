"""Endpoints of citations: a record's original sources first, then the ledger."""

from functools import partial
from typing import get_args
from urllib.parse import urlencode

from starlette.responses import Response

from dashboard.api.answers import answer
from dashboard.api.endpoints import Asked, Endpoint
from dashboard.api.rows import told
from dashboard.api.tables import ONE_ACCEPTS, missing
from data.citations.forms import FORMS, Form
from data.citations.items import Kind, citation_items
from data.exports.tables import ALL_TABLES
from data.selection import Selection

_WRITTEN = ("bibtex", "ris", "csl")
_CITED: dict[str, Kind] = {f"{kind}s": kind for kind in get_args(Kind) if f"{kind}s" in ALL_TABLES}


def _citation(name: str, form: Form, asked: Asked) -> Response:
    key, selection = asked.names["id"], asked.query.selection
    link = ""
    if name in ("transfers", "events"):
        there = Selection(grade=selection.grade, as_of=selection.as_of, record=key)
        url = asked.request.url.replace(path="/record", query=urlencode(there.to_query()))
        link = str(url)
    selected = selection.apply(asked.dataset)
    try:
        items = citation_items(asked.dataset, selected, _CITED[name], key, link)
    except KeyError:
        return missing(asked, name)
    content = form.write(items).encode("utf-8", "replace")
    return answer(asked.request, content, form.mime, headers=told(asked))


def citation_endpoints() -> list[Endpoint]:
    """Citations of every record that has sources, in each form."""
    return [
        Endpoint(
            f"/{name}/{{id}}{form.ending}",
            f"How to cite one of {name}, as {form.label}: its original sources, then the ledger.",
            ONE_ACCEPTS,
            {form.mime: "Citations" if form.mime.endswith("json") else ""},
            partial(_citation, name, form),
            "Citations",
        )
        for name in _CITED
        for form in (FORMS[key] for key in _WRITTEN)
    ]
