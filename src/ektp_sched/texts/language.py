"""The two languages of everything that a planner reads.

Texts stand in the code in English, inside `_()` or `ngettext()`, and are looked up in the GNU
catalogue (locale/) of the language that is spoken at that moment: English, unless somebody asks for
another one by `with speaking("id"): ...`. Threads of their own begin with English: they need
contextvars.copy_context(). CONTRIBUTING.md says how a text is added.
"""

import datetime as dt
import locale
import os
import string
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any, Literal

Language = Literal["id", "en"]

DOMAIN = "ektp_sched"
CATALOGUES = Path(__file__).with_name("locale")

_spoken: ContextVar[Language] = ContextVar("language", default="en")
_OTHER_SIGNS = str.maketrans(",.", ".,")
_MONTHS: dict[Language, list[str]] = {
    "id": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_WEEKDAYS: dict[Language, list[str]] = {
    "id": ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}


def usual_language() -> Language:
    """Indonesian where the user's locale is, English otherwise.

    The environment comes first, in gettext's own order: it counts even where the system has no
    such locale installed.
    """
    variables = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    name = next(filter(None, map(os.environ.get, variables)), None) or locale.getlocale()[0] or ""
    return "id" if name.lower().startswith(("id", "indonesia")) else "en"


def spoken_language() -> Language:
    """The language of texts that are made now."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Make texts in a language inside this context."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def _(text: str, /, **values: Any) -> str:
    """A text in the language spoken, its {names} filled in; braces that are meant are doubled.

    Numbers and dates are written as it is done in that language.
    """
    return _filled(_catalogue(_spoken.get()).gettext(text), values)


def ngettext(one: str, many: str, n: int, /, **values: Any) -> str:
    """A text about `n` things, filled in like `_()`; {n} stands for their number."""
    return _filled(_catalogue(_spoken.get()).ngettext(one, many, n), values | {"n": n})


def N_(text: str) -> str:  # noqa: N802 - the usual name for it
    """Mark a text for the catalogue that `_()` looks up later."""
    return text


def all_of(items: Iterable[str]) -> str:
    """Some items in a sentence: "a, b and c"."""
    listed = list(items)
    if len(listed) < 2:
        return "".join(listed)
    return _("{items} and {last}", items=", ".join(listed[:-1]), last=listed[-1])


def number(value: float, spec: str = ",") -> str:
    """A number formatted by Python's `spec`, with the signs of the language spoken: 1.234,5."""
    return with_signs_of(_spoken.get(), format(value, spec))


def percentage(share: float) -> str:
    """A share of one with the digits that say something: 39%, 5.4%, 0.53%, <0.01%."""
    percent = 100 * share
    if 0 < percent < 0.01:
        return f"<{number(0.01, '.2f')}%"
    decimals = 0 if percent >= 9.95 or percent == 0 else 1 if percent >= 0.995 else 2
    return f"{number(percent, f',.{decimals}f')}%"


def with_signs_of(language: Language, numeral: str) -> str:
    """A numeral such as 1,234.5 with the signs of a language."""
    return numeral.translate(_OTHER_SIGNS) if language == "id" else numeral


def short_date(day: dt.date) -> str:
    """A date as lines of text hold it: "2024-08-05", "5 Agu 2024"."""
    if _spoken.get() == "en":
        return day.isoformat()
    return f"{day.day} {short_month(day)} {day.year}"


def short_weekday(day: dt.date) -> str:
    """The weekday of a date, three letters of it: "Mon", "Sen"."""
    return _WEEKDAYS[_spoken.get()][day.weekday()]


def short_month(day: dt.date) -> str:
    """The month of a date, three letters of it: "Aug", "Agu"."""
    return _MONTHS[_spoken.get()][day.month - 1]


@cache
def _catalogue(language: Language) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    return translation(DOMAIN, CATALOGUES, [language])


def _filled(text: str, values: dict[str, Any]) -> str:
    return _FILLER.vformat(text, (), values)


class _Filler(string.Formatter):
    """Fills in numbers, dates and times as the language spoken writes them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        match value:
            case bool() | str():
                return format(value, format_spec)
            case int() | float():
                return number(value, format_spec or ",")
            case dt.time():
                return format(value, format_spec or "%H:%M")
            case dt.date() if not format_spec:
                return short_date(value)
            case _:
                return format(value, format_spec)


_FILLER = _Filler()
