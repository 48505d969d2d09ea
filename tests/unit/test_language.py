"""The catalogue of texts and how it is looked up."""

import ast
import gettext
import string
import threading
from contextvars import copy_context
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from ektp_sched.texts import language
from ektp_sched.texts.language import N_, _, all_of, ngettext, speaking, spoken_language

SOURCE = Path(language.__file__).parents[1]
FOLDER = language.CATALOGUES / "id" / "LC_MESSAGES"


def read(path: Path) -> Catalog:
    data = BytesIO(path.read_bytes())
    return read_po(data) if path.suffix == ".po" else read_mo(data)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read(FOLDER / "ektp_sched.po")


def texts(catalogue: Catalog) -> dict[str | tuple[str, ...], tuple[str, ...]]:
    """The translations by the English text, which is a pair where it has a plural."""
    found: dict[str | tuple[str, ...], tuple[str, ...]] = {}
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else tuple(message.id)
            string = message.string
            found[key] = (string or "",) if isinstance(string, str | None) else tuple(string)
    return found


def placeholders(text: str) -> set[tuple[str, str, str]]:
    """Name, format and conversion of each value that is filled in."""
    return {
        (name, spec or "", conversion or "")
        for _text, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
    }


def test_the_catalogue_holds_every_text_of_the_source_and_no_other(catalogue: Catalog) -> None:
    found = {
        message
        for _file, _line, message, _comments, _context in extract_from_dir(
            SOURCE, method_map=[("**.py", "python")], keywords=DEFAULT_KEYWORDS
        )
    }
    assert found == set(texts(catalogue))
    assert not catalogue.obsolete


def test_every_text_is_translated(catalogue: Catalog) -> None:
    assert [key for key, translated in texts(catalogue).items() if not all(translated)] == []
    assert not any(message.fuzzy for message in catalogue if message.id)


def test_both_languages_fill_in_the_same_values(catalogue: Catalog) -> None:
    for english, indonesian in texts(catalogue).items():
        sources = (english,) if isinstance(english, str) else english
        wanted = placeholders(sources[-1])
        assert all(placeholders(text) == wanted for text in (*sources[1:], *indonesian)), english


def test_blanks_and_full_stops_at_the_ends_are_kept(catalogue: Catalog) -> None:
    for english, indonesian in texts(catalogue).items():
        source = english if isinstance(english, str) else english[-1]
        for text in indonesian:
            assert source.endswith(" ") == text.endswith(" "), source
            assert source.startswith(" ") == text.startswith(" "), source
            assert source.endswith((".", "?")) == text.endswith((".", "?")), source


def test_the_compiled_catalogue_is_that_of_the_text(catalogue: Catalog) -> None:
    assert texts(read(FOLDER / "ektp_sched.mo")) == texts(catalogue)


def test_indonesian_has_one_form_for_every_number(catalogue: Catalog) -> None:
    assert catalogue.num_plurals == 1
    for number, words in ((0, "0 siswa"), (1, "1 siswa"), (1_200, "1.200 siswa")):
        with speaking("id"):
            assert ngettext("{n} pupil", "{n} pupils", number) == words


@pytest.mark.parametrize(("number", "words"), [(0, "0 pupils"), (1, "1 pupil"), (2, "2 pupils")])
def test_english_has_two_forms(number: int, words: str) -> None:
    assert ngettext("{n} pupil", "{n} pupils", number) == words


def test_english_is_spoken_unless_another_language_is_asked_for() -> None:
    assert spoken_language() == "en"
    with speaking("id"):
        assert spoken_language() == "id"
        with speaking("en"):
            assert spoken_language() == "en"
        assert spoken_language() == "id"
    assert spoken_language() == "en"


def test_the_language_goes_back_after_an_error() -> None:
    with pytest.raises(KeyError), speaking("id"):
        raise KeyError
    assert spoken_language() == "en"


def test_a_thread_speaks_the_language_of_the_context_it_is_given() -> None:
    spoken = list[str]()

    def tell() -> None:
        spoken.append(spoken_language())

    with speaking("id"):
        run = copy_context().run
        threads = [threading.Thread(target=tell), threading.Thread(target=run, args=(tell,))]
    for thread in threads:
        thread.start()
        thread.join()
    assert spoken == ["en", "id"]


def test_numbers_dates_and_times_are_written_as_the_language_does() -> None:
    values = {"n": 12_345, "km": 3.25, "day": date(2024, 8, 5), "time": time(7, 30), "name": "a"}
    text = N_("{n} {km:.1f} {day} {time} {name!r}")
    assert _(text, **values) == "12,345 3.2 2024-08-05 07:30 'a'"
    with speaking("id"):
        assert _(text, **values) == "12.345 3,2 5 Agu 2024 07:30 'a'"


def test_braces_in_values_stay_as_they_are() -> None:
    assert _("{name!r} is not a date", name="{x}") == "'{x}' is not a date"


@pytest.mark.parametrize(
    ("items", "english", "indonesian"),
    [
        ("", "", ""),
        ("a", "a", "a"),
        ("ab", "a and b", "a dan b"),
        ("abc", "a, b and c", "a, b dan c"),
    ],
)
def test_items_in_a_sentence(items: str, english: str, indonesian: str) -> None:
    assert all_of(items) == english
    with speaking("id"):
        assert all_of(items) == indonesian


@pytest.mark.parametrize(
    ("locale_name", "usual"),
    [
        ("id_ID", "id"),
        ("Indonesian_Indonesia", "id"),
        ("en_US", "en"),
        ("ms_MY", "en"),
        (None, "en"),
    ],
)
def test_the_usual_language_is_that_of_the_locale(
    locale_name: str | None, usual: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (locale_name, "UTF-8"))
    assert language.usual_language() == usual


def test_the_environment_tells_the_language_where_no_such_locale_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    assert language.usual_language() == "id"
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert language.usual_language() == "en"


def test_the_catalogue_is_found_as_gettext_finds_it() -> None:
    assert gettext.find(language.DOMAIN, str(language.CATALOGUES), ["id"])


def test_no_text_hides_inside_an_f_string_where_it_would_not_be_found() -> None:
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            inside = ast.walk(node) if isinstance(node, ast.JoinedStr) else ()
            hidden = [one for one in inside if isinstance(one, ast.Call) and is_text(one)]
            assert not hidden, f"{file}, line {hidden[0].lineno}"


def is_text(call: ast.Call) -> bool:
    """Whether a call looks up, or marks, a text that stands in it."""
    names = {"_", "N_", "ngettext"}
    named = isinstance(call.func, ast.Name) and call.func.id in names
    return named and isinstance(call.args[0], ast.Constant)
