"""The page of many offices in a real browser: it sorts, links, and does nothing else."""

from typing import TYPE_CHECKING

import pytest

from ektp_sched.report.country import country_page
from tests.browser.conftest import Opened
from tests.unit.report.test_country import COUNTRY, EAST, EVIL, LOST, WEST

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def opened(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Opened:
    file = tmp_path_factory.mktemp("country") / "offices.html"
    page = country_page(COUNTRY, links={EVIL: "evil/report.html"})
    file.write_text(page, encoding="utf-8")
    return Opened(browser.new_page(), file)


def offices(opened: Opened) -> list[str]:
    return opened.visible("#offices tbody tr th")


def test_a_click_on_a_heading_sorts_and_another_turns_it_round(opened: Opened) -> None:
    page = opened.page
    heading = page.locator("#offices thead th", has_text="Recorded")
    heading.locator("button").click()
    assert offices(opened) == [EAST.office, WEST.office, LOST.office]
    assert heading.get_attribute("aria-sort") == "ascending"
    heading.locator("button").click()
    assert offices(opened) == [WEST.office, EAST.office, LOST.office]
    assert page.is_visible("#sort-note")
    assert opened.trouble == []


def test_an_office_is_on_the_map_and_leads_to_its_page(opened: Opened) -> None:
    assert opened.count("svg .spot") == 2
    assert opened.page.get_attribute("#offices tbody a", "href") == "evil/report.html"
    assert opened.count("svg a[href='evil/report.html'] .spot") == 1
    assert opened.trouble == []
