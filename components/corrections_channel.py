"""Where readers send corrections: an e-mail address or a form that the host names.

`ARMS_LEDGER_CORRECTIONS` holds `mailto:NAME@HOST`, or an https address in which
`{record}`, `{version}` and `{link}` are filled in. Without it the reader's mail program
opens with everything but the address.
"""

import logging
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

VARIABLE = "ARMS_LEDGER_CORRECTIONS"
_FIELDS = ("record", "version", "link")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_BRACES = re.compile(r"\{([^{}]*)\}")
_UNSAFE = re.compile(r"[\s<>\"'`\\^|\x00-\x1f\x7f]")
_MOST = 500

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Channel:
    """Where corrections go.

    Attributes:
        address: E-mail address, or "" for one that the reader has to fill in.
        template: https address with fields, or "" for an e-mail.
    """

    address: str = ""
    template: str = ""

    def link(self, record: str, version: str, link: str) -> str:
        """The address to open for one record.

        Args:
            record: Its id.
            version: Data version that was seen.
            link: Permalink of the page.

        Returns:
            A `mailto:` or https address in which everything is percent-encoded.
        """
        if self.template:
            values = {"record": record, "version": version, "link": link}
            return _BRACES.sub(lambda match: quote(values[match[1]], safe=""), self.template)
        subject = quote(f"Correction for record {record}", safe="")
        body = quote(correction_text(record, version, link).replace("\n", "\r\n"), safe="")
        return f"mailto:{self.address}?subject={subject}&body={body}"


def correction_text(record: str, version: str, link: str) -> str:
    """What a reader sends: the record, the version, the link, and lines to fill in."""
    return (
        f"Correction for record {record} (data version {version})\n{link}\n"
        "What is wrong:\nWhat it should say:\nSource:\n"
    )


def read_channel(text: str) -> Channel:
    """Reads what the host has set.

    Args:
        text: `mailto:NAME@HOST`, an https address with fields, or "" for none.

    Returns:
        The channel.

    Raises:
        ValueError: With what is wrong and what to write instead.
    """
    text = text.strip()
    if not text:
        return Channel()
    if len(text) > _MOST or _UNSAFE.search(text):
        raise ValueError(f"holds blanks, quotes or over {_MOST} characters; percent-encode them")
    if text.lower().startswith("mailto:"):
        address = text[len("mailto:") :]
        if not _ADDRESS.fullmatch(address):
            raise ValueError("names no e-mail address; write mailto:NAME@HOST and nothing more")
        return Channel(address=address)
    if not text.lower().startswith("https://"):
        raise ValueError("is neither mailto: nor https:; write mailto:NAME@HOST or https://…")
    fields = _BRACES.findall(text)
    rest = _BRACES.sub("", text)
    fillable = ", ".join(f"{{{name}}}" for name in _FIELDS)
    if set(fields) - set(_FIELDS) or "{" in rest or "}" in rest:
        raise ValueError(f"holds an unknown field; the fields are {fillable}")
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or "{" in parts.netloc or "@" in parts.netloc:
        raise ValueError("names no host; write https://HOST/…, the fields after the host")
    if "record" not in fields:
        raise ValueError(f"leaves the record out; write {{record}} into it (fields: {fillable})")
    return Channel(template=text)


@lru_cache(maxsize=4)
def _channel(text: str) -> Channel:
    try:
        return read_channel(text)
    except ValueError as error:
        shown = text if len(text) <= 80 else text[:77] + "…"
        _log.error("%s=%r %s. Until then an e-mail without an address.", VARIABLE, shown, error)
        return Channel()


def current_channel() -> Channel:
    """The host's channel; a bad value is reported in the log once, and left out."""
    return _channel(os.environ.get(VARIABLE, ""))
