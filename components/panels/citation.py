"""Citations of anything that a page shows, in four forms, written when they are asked for."""

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

import streamlit as st

from components.panels.figure import small
from components.panels.visit import Visit, permalink
from data.citations.forms import FORMS
from data.citations.items import (
    Item,
    Kind,
    LedgerRecord,
    citation_items,
    ledger_item,
    source_items,
)
from data.selection import Selection


def _forms(items: Sequence[Item], name: str) -> None:
    small(
        "The original source first, then the ledger with its version. A title in square brackets "
        "is our description of a document."
    )
    for tab, (key, form) in zip(
        st.tabs([form.label for form in FORMS.values()]), FORMS.items(), strict=True
    ):
        with tab:
            text = form.write(items)
            is_long = text.count("\n") > 14
            st.code(
                text.strip(),
                language=None,
                wrap_lines=True,
                height=360 if is_long else "content",
            )
            st.download_button(
                f"Download {form.ending}",
                data=text.encode(),
                file_name=f"{name}{form.ending}",
                mime=form.mime,
                icon=":material/download:",
                on_click="ignore",
                type="tertiary",
                key=f"cite_file_{key}",
            )


@st.dialog("Cite", width="medium")
def _dialog(items: Sequence[Item], name: str) -> None:
    _forms(items, name)


def _link(visit: Visit, kind: Kind | None = None, key: str = "") -> str:
    """Short permalink of what is cited: its record's page where it has one, else this page.

    It names the data version but not the defaults, for citations are read by people.
    """
    selection, page = visit.selection, ""
    if kind in ("transfer", "event"):
        selection = Selection(as_of=selection.as_of, grade=selection.grade, record=key)
        page = "record"
    elif kind == "view":
        selection = Selection(as_of=selection.as_of)
    parts = urlsplit(permalink(selection, page))
    named = f"view={quote(key)}" if kind == "view" else ""
    version = f"v={quote(visit.dataset.version)}"
    query = "&".join(part for part in (parts.query, named, version) if part)
    # All pages stand side by side.
    stands = "record" if page else "views" if named else ""
    path = parts.path.rpartition("/")[0] + f"/{stands}" if stands else parts.path
    return parts._replace(path=path, query=query).geturl()


@st.fragment
def cite_button(visit: Visit, kind: Kind, key: str = "", *, label: str = "Cite") -> None:
    """Shows a button that opens the citations of a record, once on a page for each record.

    Args:
        visit: The visit; its as-known date counts.
        kind: What is cited.
        key: Its id; "" for the ledger itself.
        label: What the button says.
    """
    if st.button(
        label, icon=":material/format_quote:", type="tertiary", key=f"cite_{kind}_{key or 'all'}"
    ):
        link = _link(visit, kind, key)
        items = citation_items(visit.dataset, visit.selected, kind, key, link)
        _dialog(items, f"cite-{key or 'ledger'}")


@st.fragment
def cite_sources_button(visit: Visit, source_ids: Sequence[str], key: str, *, label: str) -> None:
    """Shows a button that opens the citations of several documents.

    Args:
        visit: The visit.
        source_ids: Which documents, in the order they shall stand in.
        key: Tells the button from others on the page; begins the names of files.
        label: What the button says.
    """
    if st.button(label, icon=":material/format_quote:", type="tertiary", key=f"cite_sources_{key}"):
        link = _link(visit)
        ledger = ledger_item(visit.dataset, LedgerRecord("", "", link), visit.selection.as_of)
        _dialog([*source_items(visit.selected, source_ids), ledger], f"sources-{key}")
