"""Search folds spellings of one word to one form."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.search import fold, matches

LAW = settings(max_examples=60, deadline=None)
FOLDED = st.text(max_size=40).map(fold)


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [
        (
            ("Su-35", "su 35", "SU–35", "su‑35", " Su\t35 ", "(Su/35)", "Su_35", "ＳＵ－３５"),
            "su 35",
        ),
        (("Çelik", "celik", "ÇELİK", "c\u0327elik"), "celik"),
        (("Āmīn", "amin", "AMIN"), "amin"),
        (("Straße", "STRASSE", "strasse"), "strasse"),
        (("شاهد ۱۳۶", "شاهد 136", "شاهد ١٣٦", "شاهد‌۱۳۶"[:4] + " ۱۳۶"), "شاهد 136"),
        (("علي", "علی", "على", "ﻋﻠﻲ", "ﻋﻠﯽ"), "علی"),
        (("كتاب", "کتاب", "ﻛﺘﺎﺏ"), "کتاب"),
        (("رئیس", "رییس", "رئيس"), "رییس"),
        (("آزاد", "ازاد", "أزاد"), "ازاد"),
        (("می‌شود", "میشود", "می\u200dشود"), "میشود"),
        (("مدرسة", "مدرسه"), "مدرسه"),
        (("مُحَمَّد", "محمد"), "محمد"),
        (("Ещё", "еще", "ЕЩЁ", "ЕЩЕ", "еще\u0308"), "еще"),
        (("Калашников", "КАЛАШНИКОВ"), "калашников"),
        (("ﬁle", "FILE"), "file"),
        (("m²", "M2"), "m2"),
        (("", " ", "…", "—!?", "\u200c", "\u0301", "🛩"), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_spellings_of_one_word(spellings: tuple[str, ...], folded: str) -> None:
    assert {spelling: fold(spelling) for spelling in spellings} == dict.fromkeys(spellings, folded)


@pytest.mark.parametrize(
    ("one", "other"), [("su35", "su-35"), ("Shahed", "Shahid"), ("136", "131"), ("شاهد", "شهید")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@LAW
@given(st.text(max_size=60))
def test_folded_text_is_words_of_letters_and_digits(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    for char in folded.replace(" ", ""):
        assert unicodedata.category(char)[0] in "LN"
        assert unicodedata.category(char) != "Nd" or char in "0123456789"


@LAW
@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@LAW
@given(st.text(alphabet="aeiouçéñüsd Éß-", max_size=30))
def test_case_and_composition_do_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("su 35", "su 35 fighters", True),
        ("35 su", "su 35 fighters", True),
        ("fight", "su 35 fighters", True),
        ("su35", "su 35 fighters", True),
        ("su 35", "su35", True),
        ("su 36", "su 35 fighters", False),
        ("fighters drones", "su 35 fighters", False),
        ("su", "", False),
        ("", "su 35 fighters", False),
        ("", "", False),
    ],
)
def test_every_word_must_stand_in_the_text(query: str, text: str, expected: bool) -> None:
    assert matches(query, text) is expected


@LAW
@given(FOLDED, FOLDED)
def test_more_words_never_match_more(query: str, text: str) -> None:
    for word in query.split():
        if matches(query, text):
            assert matches(word, text)
    if matches(query, text):
        assert matches(query, f"{text} more")


@LAW
@given(FOLDED.filter(bool), st.data())
def test_a_text_is_found_by_any_of_its_parts(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    part = text[start:end].strip()
    assert matches(part, text) or not part
