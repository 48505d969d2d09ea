"""Texts: both languages fill in the same values, and none is without a use."""

import re
from pathlib import Path
from string import Formatter

import pytest

import ektp_sched.report
from ektp_sched.report.texts import _TEXTS, text
from ektp_sched.texts.vocabulary import _WORDS, word

REPORT = Path(ektp_sched.report.__file__).parent
SOURCES = "\n".join(
    file.read_text(encoding="utf-8")
    for file in sorted(REPORT.rglob("*"))
    if file.suffix in {".py", ".html"} and file.name not in {"texts.py", "vocabulary.py"}
)


@pytest.mark.parametrize("name", _TEXTS)
def test_both_languages_hold_the_same_values(name: str) -> None:
    indonesian, english = (
        {field for _, field, _, _ in Formatter().parse(one) if field} for one in _TEXTS[name]
    )
    assert indonesian == english


@pytest.mark.parametrize("name", _TEXTS)
def test_every_text_is_used(name: str) -> None:
    assert re.search(rf"[\"']{name}[\"']", SOURCES)


def test_every_text_that_the_page_asks_for_is_there() -> None:
    page = (REPORT / "templates/page.html").read_text(encoding="utf-8")
    assert set(re.findall(r'\bt\("(\w+)"', page)) <= _TEXTS.keys()
    assert set(re.findall(r'\bword\("([\w -]+)"', page)) <= _WORDS.keys()


def test_a_lacking_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        text("of_pupils", "en", all="1")


def test_words_begin_a_line() -> None:
    assert word("district", "id") == "Kecamatan"
    assert word("district", "en") == "District"
