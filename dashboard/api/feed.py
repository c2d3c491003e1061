"""The feed of what newly became known, per selection, in Atom (RFC 4287)."""

import re
import uuid
import xml.etree.ElementTree as ET
from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from components.sentences import turn_words
from components.text import count_words, plain
from dashboard.api.answers import answer
from dashboard.api.endpoints import ATOM, Asked, Endpoint
from dashboard.api.query import ALL_KEYS, SINCE, Accepted
from dashboard.api.rows import told
from dashboard.api.ties import of_tie
from data.load import records
from data.queries.news import News, news
from data.selection import Selected, Selection
from data.view_filter import ViewFilter

_ATOM = "http://www.w3.org/2005/Atom"
# Ids of entries are made of the data's own ids and days in this space, drawn once for the ledger.
_SPACE = uuid.UUID("8f1d3a52-6c0b-4a8e-9d27-51b7a4e0c3f6")
_ACCEPTED = Accepted(keys=(*ALL_KEYS, SINCE), limit=50, most=500)
_TITLE = "A feed of what became known: statements, views and turns of status, latest first."
_LONGEST = 2000
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # for XML 1.0
_WEB = re.compile(r"https?://[^\s\"<>]+")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    fit = {key: _UNFIT.sub("", value) for key, value in attributes.items()}
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}", fit)
    child.text = _UNFIT.sub("", plain(text, _LONGEST)) or None
    return child


def _id(*parts: str) -> str:
    return uuid.uuid5(_SPACE, "/".join(parts)).urn


def _moment(day: date) -> str:
    """A day as Atom has times: days are all that is known."""
    return f"{day.isoformat()}T00:00:00Z"


class _Writer:
    """Entries of one feed."""

    def __init__(self, asked: Asked, selected: Selected) -> None:
        known = selected.known
        self.asked, self.selected = asked, selected
        self.words = {row.statement_id: row.summary for row in records(known.statements)}
        self.urls = dict(zip(known.sources["source_id"], known.sources["url"], strict=True))

    def place(self, page: str, query: list[tuple[str, str]]) -> str:
        """Address of a page of the app."""
        url = self.asked.request.url.replace(path=f"/{page}", query=urlencode(query))
        return str(url)

    def entry(self, feed: ET.Element, one: News) -> None:
        """Adds one entry."""
        asked = self.asked.query.selection
        there = Selection(grade=asked.grade, as_of=asked.as_of)
        shown = there.to_query()
        if one.record:
            page, shown = "record", [*shown, ("record", one.record)]
        else:
            page, shown = "views", [*shown, *ViewFilter(person=(one.person,)).to_query()]
        summary = self._turn(one) if one.turn else one.summary
        entry = _add(feed, "entry")
        _add(entry, "id", _id(one.kind, one.key, one.day.isoformat()))
        _add(entry, "title", one.title)
        _add(entry, "published", _moment(one.day))
        _add(entry, "updated", _moment(one.day))
        _add(entry, "category", term=one.kind)
        _add(entry, "link", rel="alternate", type="text/html", href=self.place(page, shown))
        source = self.urls.get(one.source, "")
        if _WEB.fullmatch(source):
            _add(entry, "link", rel="via", href=source)
        _add(entry, "summary", summary, type="text")

    def _turn(self, one: News) -> str:
        if one.turn is None:
            return ""
        words = turn_words(one.turn, self.selected)
        because = [self.words[key] for key in one.turn.causes if key in self.words]
        return " ".join([f"{words[:1].upper()}{words[1:]}.", *because])


def _feed(asked: Asked) -> Response:
    query, dataset = asked.query, asked.dataset
    selected = query.selection.apply(dataset)
    if query.tie:
        selected = of_tie(selected, query.tie)
    found = news(selected, query.selection.record, query.since)
    shown = found[query.offset : query.offset + query.limit]
    earlier = max(0, len(found) - query.offset - query.limit)
    cut_off = dataset.cut_off_date
    writer = _Writer(asked, selected)
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", _id("feed", urlencode(query.to_query())))
    _add(feed, "title", f"{dataset.package.title}: what became known")
    _add(
        feed,
        "subtitle",
        f"{count_words(len(shown), 'entry', 'entries')} of {len(found):,}; {earlier:,} earlier "
        f"ones follow on the next pages. Data version {dataset.version}, cut-off "
        f"{cut_off.isoformat()}. Only days are known: each time is the day’s first moment.",
    )
    latest = found[0].day if found else min(query.selection.as_of or cut_off, cut_off)
    _add(feed, "updated", _moment(latest))
    _add(_add(feed, "author"), "name", dataset.package.title)
    _add(feed, "rights", dataset.package.licence)
    here = asked.request.url
    _add(feed, "link", rel="self", type=ATOM, href=str(here))
    page = writer.place("", query.selection.to_query())
    _add(feed, "link", rel="alternate", type="text/html", href=page)
    for rel, other in query.pages(len(found)).items():
        # The names that paged feeds have for them (RFC 5005).
        name = {"prev": "previous"}.get(rel, rel)
        _add(feed, "link", rel=name, type=ATOM, href=str(here.replace(query=other)))
    for one in shown:
        writer.entry(feed, one)
    content: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return answer(asked.request, content, ATOM, headers=told(asked, len(found)))


def feed_endpoints() -> list[Endpoint]:
    """The feed."""
    return [Endpoint("/changes.atom", _TITLE, _ACCEPTED, {ATOM: ""}, _feed, "Changes")]
