"""The map, the page and the workbook of many offices."""

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from ektp_sched.domain import Location
from ektp_sched.offices import OfficeShare, RuleShare, Sharing, Shipment
from ektp_sched.offices.record import CountryRecord, FloorRecord, OfficeRecord
from ektp_sched.report.country import country_page, country_workbook, map_of, state_of
from ektp_sched.texts.language import Language, speaking

EVIL = "<script>alert(1)</script>"
FORMULA = "=1+1"


def opened(book: bytes) -> Workbook:
    return load_workbook(BytesIO(book))


def an_office(name: str, pupils: int, recorded: int, lon: float, lat: float) -> OfficeRecord:
    return OfficeRecord(
        office=name,
        province="Utara",
        location=Location(lon=lon, lat=lat),
        schools=10,
        pupils=pupils,
        recorded=recorded,
        value=recorded,
        bound=recorded + 10,
        blanks=recorded + 5,
        drawn=recorded,
        sent=500,
    )


WEST = an_office(EVIL, 400, 100, 95.0, 5.0)
EAST = an_office(FORMULA, 100, 90, 141.0, -10.0)
LOST = OfficeRecord(office="Serang", failure="first\nsecond")
SHARING = Sharing(
    shipments=(
        Shipment(office=FORMULA, date=date(2026, 8, 3), cards=500, confirmed=True),
        Shipment(office=EVIL, date=date(2026, 8, 10), cards=250, confirmed=False),
    ),
    offices=(
        OfficeShare(office=EVIL, province="Utara", cards=0, pupils=100, bound=110, box_worth=12.5),
    ),
    pupils=190,
    bound=200,
    rules=(RuleShare(rule="first_come", shipments=(), pupils=150, bound=160),),
)
COUNTRY = CountryRecord(
    offices=(WEST, EAST, LOST),
    sharing=SHARING,
    floors=(FloorRecord(province="Utara", percent=50, least=250, cards=500),),
)


def test_offices_at_their_places_the_larger_behind() -> None:
    drawn = map_of(COUNTRY)
    west, east = drawn.spots
    assert (west.record, east.record) == (WEST, EAST)
    assert west.x < east.x
    assert west.y < east.y
    assert west.radius == pytest.approx(2 * east.radius, abs=0.1)
    assert all(0 < spot.x < drawn.width and 0 < spot.y < drawn.height for spot in drawn.spots)


def test_a_map_of_one_office_and_of_none() -> None:
    assert len(map_of(CountryRecord(offices=(WEST,))).spots) == 1
    assert map_of(CountryRecord(offices=(LOST,))).spots == ()


def test_a_country_that_is_tall_has_a_map_that_is_not() -> None:
    south = WEST.model_copy(update={"location": Location(lon=95.02, lat=3.0)})
    drawn = map_of(CountryRecord(offices=(WEST, south)))
    assert drawn.height <= drawn.width
    assert all(0 < spot.x < drawn.width and 0 < spot.y < drawn.height for spot in drawn.spots)


def test_offices_that_had_no_plan_when_the_pool_was_shared_out() -> None:
    failures = {EVIL: "no room", LOST.office: "no file"}
    sharing = SHARING.model_copy(update={"failures": failures})
    country = COUNTRY.model_copy(update={"sharing": sharing})
    assert [(one.office, one.failure) for one in country.not_shared] == [(EVIL, "no room")]
    assert "no room" in country_page(country, links={})
    sheet = opened(country_workbook(country, "en"))["No plan when shared out"]
    assert [cell.value for cell in sheet[2]] == [EVIL, "no room"]


def test_states() -> None:
    assert [state_of(one) for one in (WEST, EAST, LOST)] == ["partly", "served", "not"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("pupils recorded", "190", "11%", ">12.5<")),
        ("id", ("siswa terekam", "Jatah minimum", "Dari pusat")),
    ],
)
def test_the_page_in_both_languages(language: Language, words: tuple[str, ...]) -> None:
    with speaking(language):
        text = country_page(COUNTRY, links={FORMULA: "a b/report.html"})
    assert f'<html lang="{language}">' in text
    assert text.count('href="a%20b/report.html"') == 2  # in the map and in the table
    assert EVIL not in text
    assert "first\nsecond" in text
    assert "://" not in re.sub(r"http://www\.w3\.org/\S+", "", text)
    for word in words:
        assert word in text


def test_a_page_without_a_sharing() -> None:
    alone = COUNTRY.model_copy(update={"sharing": None, "floors": ()})
    text = country_page(alone, links={})
    assert "Worth of a box" not in text
    assert "first come" not in text


def test_the_workbook() -> None:
    offices, shipments, rules = opened(country_workbook(COUNTRY, "en")).worksheets
    headings = [cell.value for cell in offices[1]]
    first = dict(zip(headings, (cell.value for cell in offices[2]), strict=True))
    assert first["Office"] == EVIL
    assert first["Recorded"] == 100
    assert first["Gap"] == pytest.approx(0.1)
    assert first["Worth of a box"] == 12.5
    assert offices.cell(3, 1).data_type == "s"
    lost = dict(zip(headings, (cell.value for cell in offices[4]), strict=True))
    assert lost["Recorded"] is None
    assert lost["Why not planned"] == "first\nsecond"
    total = dict(zip(headings, (cell.value for cell in offices[5]), strict=True))
    assert (total["Office"], total["Recorded"], total["From the pool"]) == ("All", 190, 1000)
    assert [cell.value for cell in shipments[2]][2:] == [500, "yes"]
    assert [cell.value for cell in rules[3]] == ["first come, first served", 150, 40, 160]


def test_the_workbook_in_indonesian_without_a_sharing() -> None:
    alone = COUNTRY.model_copy(update={"sharing": None})
    assert opened(country_workbook(alone, "id")).sheetnames == ["Dinas"]
