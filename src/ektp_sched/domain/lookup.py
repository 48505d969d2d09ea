"""Schools, teams and bases by what somebody calls them: an id, a name, or a part of a name."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Literal, Protocol, TypeVar

from ektp_sched.errors import Complaint, RequestError
from ektp_sched.texts.language import N_, _

MOST_SHOWN = 8
MOST_NEAR = 3
_LEAST_ALIKE = 0.7  # of the letters
_STATE_SCHOOL = re.compile(r"\b(sma|smk|slb)n\b")  # as everybody writes SMA Negeri

Kind = Literal["school", "team", "base or school"]
_UNKNOWN: dict[Kind, str] = {
    "school": N_("school {asked!r} is not in the problem"),
    "team": N_("team {asked!r} is not in the problem"),
    "base or school": N_("{asked!r} is no base or school"),
}
_PLACE: dict[Kind, str] = {
    "school": N_("school"),
    "team": N_("team"),
    "base or school": N_("base or school"),
}
_SEVERAL: dict[Kind, str] = {
    "school": N_("{count} schools fit {asked!r}"),
    "team": N_("{count} teams fit {asked!r}"),
    "base or school": N_("{count} bases and schools fit {asked!r}"),
}


class Named(Protocol):
    """What has an id and a name."""

    @property
    def id(self) -> str:
        """What it is told from others by."""

    @property
    def name(self) -> str:
        """What it is called."""


_T = TypeVar("_T", bound=Named)


def find(items: Iterable[_T], asked: str, kind: Kind) -> _T:
    """The one that `asked` means.

    Its id, else its name, else a part of its name; upper or lower case and blanks make no
    difference, and "SMAN 5" is "SMA Negeri 5".

    Raises
    ------
    RequestError
        None fits, with the nearest ones; or several do, with which.
    """
    known = {one.id: one for one in items}
    if asked in known:
        return known[asked]
    names = {name: one.name for name, one in known.items()}
    fitting = those_called(names, asked)
    if len(fitting) == 1:
        return known[fitting[0]]
    if fitting:
        what = _(_SEVERAL[kind], count=len(fitting), asked=asked)
        remedy = _("Say which one: {names}.", names=_told(names, fitting))
    else:
        what, remedy = _(_UNKNOWN[kind], asked=asked), _did_you_mean(names, asked)
    raise RequestError([Complaint(_(_PLACE[kind]), what, remedy)])


def those_called(names: Mapping[str, str], asked: str, *, partly: bool = True) -> list[str]:
    """The ids of those that fit best, of names by id: by id, by name, by words or part of it.

    Without `partly` a part of a name is not enough.
    """
    plain, spelt = _plain(asked), _words(asked)
    whole = {key: _words(name) for key, name in names.items()}
    steps: list[list[str]] = [
        [key for key in names if key == asked],
        [key for key in names if _plain(key) == plain],
        [key for key, words in whole.items() if "".join(words) == "".join(spelt)],
    ]
    if partly:
        steps += [
            [key for key, words in whole.items() if spelt and _holds(words, spelt)],
            [key for key, words in whole.items() if plain and "".join(spelt) in "".join(words)],
        ]
    return next(filter(None, steps), [])


def nearest_id(names: Mapping[str, str], asked: str) -> str:
    """Which ids may be meant by one that is not there; "" where none is near."""
    near = nearest(names, asked)
    return _("Did you mean {names}?", names=_or(_shown(names, near))) if near else ""


def _did_you_mean(names: Mapping[str, str], asked: str) -> str:
    """What to do about a name that is not there: the nearest ones, or some that are."""
    if near := nearest_id(names, asked):
        return near
    if not names:
        return _("There is none.")
    some = sorted(names)[:MOST_SHOWN]
    return _("Use a name, a part of one, or an id such as {some}.", some=", ".join(some))


def nearest(names: Mapping[str, str], asked: str) -> list[str]:
    """The ids of those whose name or id is nearest to what was asked for, the nearest first."""
    likeness = {
        key: max(_likeness(_words(asked), _words(name)), _ratio(_plain(asked), _plain(key)))
        for key, name in names.items()
    }
    near = [key for key, like in likeness.items() if like >= _LEAST_ALIKE]
    return sorted(near, key=lambda key: (-likeness[key], key))[:MOST_NEAR]


def _holds(words: list[str], part: list[str]) -> bool:
    """Whether words follow one another among others."""
    places = range(len(words) - len(part) + 1)
    return any(words[n : n + len(part)] == part for n in places)


def _likeness(asked: list[str], words: list[str]) -> float:
    """The share of letters asked for that are found, word by word, in a name's words."""
    found = (len(one) * max((_ratio(one, word) for word in words), default=0.0) for one in asked)
    return sum(found) / max(1, sum(map(len, asked)))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _words(name: str) -> list[str]:
    return _STATE_SCHOOL.sub(r"\1 negeri", name.casefold()).split()


def _told(names: Mapping[str, str], some: list[str]) -> str:
    shown = ", ".join(_shown(names, some[:MOST_SHOWN]))
    more = len(some) - MOST_SHOWN
    return _("{names} and {more} more", names=shown, more=more) if more > 0 else shown


def _shown(names: Mapping[str, str], some: Iterable[str]) -> list[str]:
    return [key if names[key] == key else f"{names[key]} ({key})" for key in some]


def _or(items: list[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return _("{items} or {last}", items=", ".join(items[:-1]), last=items[-1])
