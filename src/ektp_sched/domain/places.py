"""Where things are and how long the way between them takes."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ektp_sched.domain.scalars import Minutes, Stated, Text, fault, repetition
from ektp_sched.texts.language import _


class Location(Stated):
    """A point on the earth in degrees (WGS 84)."""

    lon: Annotated[float, Field(strict=True, ge=-180, le=180)]
    lat: Annotated[float, Field(strict=True, ge=-90, le=90)]


class Base(Stated):
    """A place that teams leave from and return to."""

    id: Text
    name: Text
    location: Location


class TravelOverride(Stated):
    """A travel time known better than the estimate or matrix says, in one direction."""

    from_place: Text = Field(alias="from")
    to_place: Text = Field(alias="to")
    minutes: Minutes


class _Overridable(Stated):
    overrides: tuple[TravelOverride, ...] = ()

    @model_validator(mode="after")
    def _each_override_once(self) -> Self:
        ways = [f"{way.from_place} → {way.to_place}" for way in self.overrides]
        if again := repetition(ways):
            index, way = again
            raise fault(
                "override_twice",
                _("overrides name {way} more than once", way=way),
                _("Keep one override for each direction."),
                at=("overrides", index),
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
        if again := repetition(self.places):
            index, place = again
            raise fault(
                "place_twice",
                _("places name {place!r} more than once", place=place),
                _("Give each place one row and one column."),
                at=("places", index),
            )
        return self

    @model_validator(mode="after")
    def _square(self) -> Self:
        size, rows = len(self.places), len(self.minutes)
        remedy = _("Give {size} rows with {size} whole minutes each.", size=size)
        if rows != size:
            what = _("there are {rows} rows for {size} places", rows=rows, size=size)
            raise fault("matrix_not_square", what, remedy, at=("minutes",))
        for n, row in enumerate(self.minutes):
            if len(row) != size:
                what = _(
                    "this row has {count} entries for {size} places", count=len(row), size=size
                )
                raise fault("matrix_not_square", what, remedy, at=("minutes", n))
        return self


Travel = Annotated[EstimatedTravel | MatrixTravel, Field(discriminator="kind")]
