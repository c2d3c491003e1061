"""Verbatim words are marked with their language and the way they are read."""

import pytest
from streamlit.testing.v1 import AppTest


def _page(language: str, words: str) -> None:
    from types import SimpleNamespace

    from components.panels.evidence import quotation_text

    quotation_text(
        SimpleNamespace(
            quotation=words,
            quotation_language=language,
            quotation_translation="",
            quotation_locator="paragraph 2",
        )
    )


@pytest.mark.parametrize(
    ("language", "words", "direction"),
    [
        ("fa", "ما پهپاد <b>ندادیم</b>", "rtl"),
        ("ar-SY", "لم نرسل شيئا", "rtl"),
        ("he", "לא העברנו דבר", "rtl"),
        ("ru", "Мы ничего не передавали", "ltr"),
    ],
)
def test_a_quotation_says_its_language_and_direction(
    language: str, words: str, direction: str
) -> None:
    app = AppTest.from_function(_page, args=(language, words)).run()
    assert not app.exception
    shown = app.get("html")[0].proto.body
    assert f'lang="{language}" dir="{direction}"' in shown
    assert "<b>" not in shown
    assert words.split("<", maxsplit=1)[0] in shown
