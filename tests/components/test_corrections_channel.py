"""Where corrections go: what a host may set, and what becomes of it."""

import logging
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from components.corrections_channel import (
    VARIABLE,
    Channel,
    correction_text,
    current_channel,
    read_channel,
)

HOSTILE = ("su-35", "0.1.0", "http://x/record?record=su-35&q=a b\"><script>'\n&as_of=2024-01-01")


@pytest.mark.parametrize("address", ["", "desk@example.org"])
def test_an_e_mail_carries_record_version_and_link(address):
    link = Channel(address=address).link(*HOSTILE)
    parts = urlsplit(link)
    assert (parts.scheme, parts.path) == ("mailto", address)
    query = parse_qs(parts.query, strict_parsing=True)
    assert query["subject"] == ["Correction for record su-35"]
    assert query["body"] == [correction_text(*HOSTILE).replace("\n", "\r\n")]
    assert not set(link) & set("\"'<> \n")


def test_a_form_is_filled_in_and_encoded():
    channel = read_channel("https://forms.example/new?title={record}&v={version}&body={link}")
    link = channel.link(*HOSTILE)
    assert link.startswith("https://forms.example/new?title=su-35&v=0.1.0&body=http%3A%2F%2Fx")
    assert unquote(link.partition("body=")[2]) == HOSTILE[2]
    assert channel.link("{link}", "1", "x").startswith(
        "https://forms.example/new?title=%7Blink%7D&"
    )


@pytest.mark.parametrize("text", ["", "  "])
def test_without_a_value_the_address_is_left_to_the_reader(text):
    assert read_channel(text) == Channel()


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("desk@example.org", "mailto:"),
        ("http://forms.example/{record}", "https"),
        ("javascript:alert('{record}')", "percent-encode"),
        ("javascript:alert({record})", "mailto:"),
        ("mailto:", "mailto:NAME@HOST"),
        ("mailto:a@b.org?cc=c@d.org", "nothing more"),
        ("mailto:a@b.org,c@d.org", "nothing more"),
        ("https://forms.example/new", "{record}"),
        ("https://forms.example/{id}?{record}", "unknown field"),
        ("https://forms.example/{record", "unknown field"),
        ("https:///{record}", "host"),
        ("https://{record}.example/", "host"),
        ("https://[::1/{record}", "host"),
        ("https://me:secret@forms.example/{record}", "host"),
        ("https://forms.example/{record} x", "percent-encode"),
        ("https://forms.example/{record}" + "x" * 600, "500"),
    ],
)
def test_a_bad_value_says_what_to_write(text, mend):
    with pytest.raises(ValueError) as error:
        read_channel(text)
    assert mend in str(error.value)


def test_a_bad_value_is_reported_once_and_left_out(monkeypatch, caplog):
    monkeypatch.setenv(VARIABLE, "ftp://once.example/{record}")
    with caplog.at_level(logging.ERROR):
        assert current_channel() == current_channel() == Channel()
    (record,) = caplog.records
    assert VARIABLE in record.getMessage()
    assert "mailto:NAME@HOST" in record.getMessage()
