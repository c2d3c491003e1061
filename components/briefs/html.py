"""A brief as one HTML file: nothing is loaded, it prints cleanly, it is light on any screen."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from components.briefs.content import NOTHING_CONTESTED, Brief, Line, Section, note_runs
from components.text import plain

_STYLE = """
:root { color-scheme: light }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 62rem;
  background: #fff; color: #14171b;
  font: 15px/1.5 "Source Sans 3", "Source Sans Pro", "Segoe UI", Helvetica, Arial, sans-serif }
h1, h2 { font-family: "Source Serif 4", "Source Serif Pro", Georgia, "Times New Roman", serif;
  line-height: 1.2; margin: 0 }
h1 { font-size: 1.9rem } h2 { font-size: 1.3rem; margin: 2rem 0 .4rem }
.kicker, .intro, .foot, dt { color: #4a5057 } .kicker { margin: 0 0 .3rem; font-size: .9rem }
.headline { font-size: 1.2rem; margin: .6rem 0 1.2rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 0 }
dd { margin: 0; overflow-wrap: anywhere }
.contested { border: 2px dashed #a8124f; padding: .8rem 1.1rem; margin-top: 1.6rem;
  -webkit-box-decoration-break: clone; box-decoration-break: clone }
.contested h2 { margin-top: 0 } .contested li { margin: .3rem 0 }
.contested ul { padding-left: 1.2rem }
.intro { margin: 0 0 .5rem; font-size: .92rem }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .92rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0;
  border-bottom: 1px solid #d8d3c7 }
th { border-bottom: 1.5px solid #14171b; white-space: nowrap } td { overflow-wrap: break-word }
sup { font-size: .72em; line-height: 0 } a { color: inherit }
ol { padding-left: 2.2rem; font-size: .9rem } ol li { margin: .25rem 0; overflow-wrap: anywhere }
figure { margin: 1.6rem 0 0 } img { max-width: 100%; height: auto }
figcaption { color: #4a5057; font-size: .9rem } code { overflow-wrap: anywhere }
@media print {
  @page { margin: 18mm 16mm }
  body { max-width: none; padding: 0; font-size: 10pt }
  thead { display: table-header-group } tr, li, figure, .contested li { break-inside: avoid }
  img { max-height: 22cm } h2 { break-after: avoid }
  .scroll { overflow: visible } a { text-decoration: none }
}
"""


def _text(words: str) -> str:
    return escape(plain(words, 4000))


def _marks(notes: Sequence[int]) -> str:
    links = ", ".join(
        "–".join(f'<a href="#note-{n}">{n}</a>' for n in dict.fromkeys(run))
        for run in note_runs(notes)
    )
    return f"<sup>{links}</sup>" if links else ""


def _link(address: str) -> str:
    shown = _text(address)
    is_web = urlsplit(address).scheme in ("http", "https")
    return f'<a href="{escape(plain(address, 4000))}">{shown}</a>' if is_web else shown


def _row(line: Line) -> str:
    first, *rest = (f"{_text(cell)}" for cell in line.cells)
    cells = [first, *rest]
    cells[-1] += _marks(line.notes)
    return "<tr>" + "".join(f'<td dir="auto">{cell}</td>' for cell in cells) + "</tr>"


def _section(section: Section) -> str:
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in section.columns)
    rows = "\n".join(map(_row, section.lines))
    return (
        f"<section><h2>{_text(section.title)}</h2>\n"
        f'<p class="intro">{_text(section.intro)}</p>\n'
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></div></section>"
    )


def _contested(lines: Sequence[Line]) -> str:
    items = "\n".join(
        f'<li dir="auto"><strong>{_text(name)}.</strong> {_text(words)}{_marks(line.notes)}</li>'
        for line in lines
        for name, words in [line.cells]
    )
    body = f"<ul>\n{items}\n</ul>" if lines else f"<p>{NOTHING_CONTESTED}</p>"
    return f'<aside class="contested"><h2>Contested</h2>{body}</aside>'


def _chart(brief: Brief) -> str:
    if brief.chart is None:
        return f'<p class="intro">{_text(brief.chart_note)}</p>'
    data = b64encode(brief.chart.png).decode()
    return (
        f'<figure><h2>{_text(brief.chart.question)}</h2><img alt="{_text(brief.chart.alt)}" '
        f'src="data:image/png;base64,{data}"><figcaption>{_text(brief.chart.alt)}</figcaption>'
        "</figure>"
    )


def brief_html(brief: Brief) -> bytes:
    """Sets a brief as HTML.

    Args:
        brief: What it says.

    Returns:
        One file without scripts, with every text of it escaped.
    """
    facts = "".join(f"<dt>{_text(n)}</dt><dd>{_text(v)}</dd>" for n, v in brief.facts)
    notes = "\n".join(
        f'<li id="note-{number}" dir="auto">{_text(note)}</li>'
        for number, note in enumerate(brief.notes, start=1)
    )
    verify = f'python -m data.receipt {brief.receipt} --query "{brief.query}"'
    parts = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        # Were anything to slip in, a browser would still load and run nothing.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "img-src data:; style-src 'unsafe-inline'\">",
        f"<title>{_text(brief.title)} – Russia–Iran Arms Ledger</title>",
        f"<style>{_STYLE}</style></head><body><main>",
        '<p class="kicker">Russia–Iran Arms Ledger · cited brief</p>',
        f"<h1>{_text(brief.title)}</h1>",
        f'<p class="headline">{_text(brief.headline)}</p>',
        f"<dl>{facts}</dl>",
        _contested(brief.contested),
        *map(_section, brief.sections),
        _chart(brief),
        f"<section><h2>Notes</h2><ol>\n{notes}\n</ol>",
        f'<p class="foot">The ledger itself: {_text(brief.ledger)}</p></section>',
        "<section><h2>This view</h2><dl>",
        f"<dt>Permalink</dt><dd>{_link(brief.address)}</dd>",
        f"<dt>Receipt</dt><dd><code>{_text(brief.receipt)}</code></dd>",
        f"<dt>To verify</dt><dd><code>{_text(verify)}</code></dd></dl>",
        '<p class="foot">A title in square brackets is the ledger’s own description. A transfer '
        "that is not listed may still have happened; silence is not denial.</p></section>",
        "</main></body></html>\n",
    )
    return "\n".join(parts).encode("utf-8", "replace")
