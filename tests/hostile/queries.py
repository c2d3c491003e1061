"""Query strings that no reader would send, as bytes."""

from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

KEYS = (
    *("q", "actor", "direction", "category", "standing", "dates", "grade", "as_of", "record"),
    *("limit", "offset", "tie", "person", "said", "source_grade", "v", "embed", "chart", "nope"),
)
VALUES = (
    *(b"", b"iran", b"russia-iran", b"2022-02-30", b"../../etc/passwd", b"<script>", b"%00"),
    *(
        b"\xff\xfe",
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        "\u202eiran".encode(),
        b"'; DROP TABLE",
        b"{{7*7}}",
    ),
    *(b"-1", b"1e9", b"9" * 400, b"NaN", b"A" * 3000, b"a\r\nSet-Cookie: x=1", b"..", b"2022/2021"),
    *("ｉｒａｎ".encode(), "ايران".encode(), b"iran\0", b'"open', b"null", b"[]", b"true", b"any"),
    b"{{7*7}}",
)


def _encoded(raw: bytes, form: int) -> bytes:
    """The same bytes as they are, percent-encoded, or encoded twice."""
    if form == 0:
        return raw
    once = quote_from_bytes(raw, safe="").encode()
    return once if form == 1 else quote_from_bytes(once, safe="").encode()


@st.composite
def _pair(draw: st.DrawFn) -> bytes:
    key = draw(st.sampled_from(KEYS).map(str.encode) | st.binary(max_size=12))
    value = draw(st.sampled_from(VALUES) | st.binary(max_size=40))
    form = draw(st.integers(0, 2))
    return (
        _encoded(key, min(form, 1))
        + draw(st.sampled_from((b"=", b"=", b"", b"==")))
        + _encoded(value, form)
    )


def hostile_queries() -> st.SearchStrategy[bytes]:
    """Repeated, conflicting, over-long and badly encoded pairs; never a `#`."""
    return st.lists(_pair(), max_size=8).flatmap(
        lambda pairs: st.sampled_from((b"&", b"&&", b";")).map(lambda mark: mark.join(pairs))
    )
