"""Scalar types of the domain and the base of its frozen values.

Numbers are strict: "3", 3.5 and true are no counts. Upper limits are far above any real
office and keep every sum inside 64-bit integers.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, from_json

from ektp_sched.domain.complaints import refusal_of
from ektp_sched.errors import InputError, ProblemError, RequestError
from ektp_sched.texts.language import _

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def fault(
    code: str, what: str, remedy: str, *, at: Sequence[str | int] = ()
) -> PydanticCustomError:
    """Make the validation error that carries a remedy beside what is wrong.

    `at` leads from the value that is refused to the part of it that is to blame.
    Text from the input may hold braces, so all goes in as context, never as a template.
    """
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in at)
    place = f"{''.join(steps).removeprefix('.')}: " if at else ""
    context = {"place": place, "what": what, "remedy": remedy, "at": tuple(at)}
    return PydanticCustomError(code, "{place}{what}. {remedy}", context)


def _read_clock(value: Any) -> Any:
    if isinstance(value, time) and value == value.replace(second=0, microsecond=0, tzinfo=None):
        return value
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise fault(
            "clock_time",
            _("{value!r} is not a clock time", value=value),
            _('Write hours and minutes as "HH:MM" between "00:00" and "23:59".'),
        )
    return time(int(match[1]), int(match[2]))


def _read_date(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and _ISO_DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise fault(
        "iso_date",
        _("{value!r} is not a date", value=value),
        _('Write a day of the calendar as "YYYY-MM-DD".'),
    )


def _one_line(value: str) -> str:
    if not value.isprintable() or value != value.strip():
        raise fault(
            "one_line",
            _("{value!r} has line breaks, control characters or blanks at its ends", value=value),
            _("Write it as one plain line."),
        )
    return value


def _drop_repeats(days: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    return tuple(day for day in WEEKDAYS if day in days)


def _tag_list(tags: Iterable[str]) -> list[str]:
    return sorted(tags)


Text = Annotated[str, Field(strict=True, min_length=1, max_length=200), AfterValidator(_one_line)]
Note = Annotated[str, Field(strict=True, max_length=200), AfterValidator(_one_line)]
Flag = Annotated[bool, Field(strict=True)]
Clock = Annotated[
    time,
    BeforeValidator(_read_clock),
    PlainSerializer(lambda value: value.strftime("%H:%M"), return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^({_CLOCK.pattern})$"}),
]
Day = Annotated[
    date,
    BeforeValidator(_read_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Weekdays = Annotated[tuple[Weekday, ...], Field(min_length=1), AfterValidator(_drop_repeats)]
Tags = Annotated[frozenset[Text], PlainSerializer(_tag_list, return_type=list[str])]

Count = Annotated[int, Field(strict=True, ge=0, le=10_000_000)]
Pupils = Annotated[int, Field(strict=True, ge=0, le=100_000)]
Small = Annotated[int, Field(strict=True, ge=0, le=1_000)]
AtLeastOne = Annotated[int, Field(strict=True, ge=1, le=1_000)]
Minutes = Annotated[int, Field(strict=True, ge=0, le=1_440)]
Seconds = Annotated[int, Field(strict=True, ge=1, le=86_400)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]


class Value(BaseModel):
    """Base of every object that is given or got: frozen, nothing unknown, names or aliases taken.

    One that cannot be made is refused by an error of ours, `refused_by`, with a line for each fault
    that pydantic finds, those of the values inside it too.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        allow_inf_nan=False,
        validate_default=True,
    )
    refused_by: ClassVar[type[InputError]] = InputError

    def __init__(self, /, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise self._refusal(error, fields) from None

    # Without this mark pydantic would make the values inside another one by this method too, and
    # each would be refused by itself.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    @classmethod
    def model_validate(cls, obj: Any, **settings: Any) -> Self:
        """A value of an object such as json.loads() gives, or of another value's fields."""
        try:
            return super().model_validate(obj, **settings)
        except ValidationError as error:
            raise cls._refusal(error, obj) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **settings: Any) -> Self:
        """A value of JSON."""
        try:
            return super().model_validate_json(json_data, **settings)
        except ValidationError as error:
            readable = all(one["type"] != "json_invalid" for one in error.errors())
            raw = from_json(json_data) if readable else None
            raise cls._refusal(error, raw) from None

    @classmethod
    def _refusal(cls, error: ValidationError, raw: Any) -> InputError:
        return refusal_of(error, raw, cls, cls.refused_by)


class Stated(Value):
    """A problem, or a part of one, as its planner states it."""

    refused_by: ClassVar[type[InputError]] = ProblemError


class Asked(Value):
    """What is asked about a problem and a plan, or told of them: a change, something more."""

    refused_by: ClassVar[type[InputError]] = RequestError


def minute_of(clock: time) -> int:
    """Minutes after midnight of a clock time."""
    return clock.hour * 60 + clock.minute


def clock_of(minutes: int) -> time:
    """The clock time that many minutes after midnight."""
    return time(*divmod(minutes, 60))


def weekday_of(day: date) -> Weekday:
    """The weekday's name as hours, shifts and breaks write it."""
    return WEEKDAYS[day.weekday()]


def repetition(names: Iterable[str]) -> tuple[int, str] | None:
    """The first name that was there before, after its index; None where each is there once."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            return index, name
        seen.add(name)
    return None
