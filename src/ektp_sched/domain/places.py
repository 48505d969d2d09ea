"""Where things are and how long the way between them takes."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ektp_sched.domain.scalars import Minutes, Text, Value, fault, repeated


class Location(Value):
    """A point on the earth in degrees (WGS 84)."""

    lon: Annotated[float, Field(strict=True, ge=-180, le=180)]
    lat: Annotated[float, Field(strict=True, ge=-90, le=90)]


class Base(Value):
    """A place that teams leave from and return to."""

    id: Text
    name: Text
    location: Location


class TravelOverride(Value):
    """A travel time known better than the estimate or matrix says, in one direction."""

    from_place: Text = Field(alias="from")
    to_place: Text = Field(alias="to")
    minutes: Minutes


class _Overridable(Value):
    overrides: tuple[TravelOverride, ...] = ()

    @model_validator(mode="after")
    def _each_override_once(self) -> Self:
        ways = [f"{way.from_place} → {way.to_place}" for way in self.overrides]
        if again := repeated(ways):
            raise fault(
                "override_twice",
                f"overrides name {again[0]} more than once",
                "Keep one override for each direction.",
            )
        return self


class EstimatedTravel(_Overridable):
    """Travel times from distances: ceil(fixed_minutes + 60 · detour · km / speed_kmh)."""

    kind: Literal["estimate"] = "estimate"
    speed_kmh: Annotated[float, Field(strict=True, ge=1, le=300)] = 25
    detour: Annotated[float, Field(strict=True, ge=1, le=100)] = 1.4
    fixed_minutes: Annotated[float, Field(strict=True, ge=0, le=1_440)] = 5


class MatrixTravel(_Overridable):
    """Travel times as a table, rows from and columns to, in the order of `places`."""

    kind: Literal["matrix"] = "matrix"
    places: tuple[Text, ...]
    minutes: tuple[tuple[Minutes, ...], ...]

    @model_validator(mode="after")
    def _places_once(self) -> Self:
        if again := repeated(self.places):
            raise fault(
                "place_twice",
                f"places name {again[0]!r} more than once",
                "Give each place one row and one column.",
            )
        return self

    @model_validator(mode="after")
    def _square(self) -> Self:
        size = len(self.places)
        lengths = [len(row) for row in self.minutes]
        if lengths != [size] * size:
            shape = f"{len(lengths)} rows of {sorted(set(lengths))} entries"
            raise fault(
                "matrix_not_square",
                f"minutes has {shape} for {size} places",
                f"Give {size} rows with {size} whole minutes each.",
            )
        return self


Travel = Annotated[EstimatedTravel | MatrixTravel, Field(discriminator="kind")]
