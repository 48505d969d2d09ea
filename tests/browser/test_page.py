"""The page in a real browser: it draws, filters and prints, and does nothing else."""

import pytest

from tests.browser.conftest import Open, Opened
from tests.browser.offices import EVIL_DISTRICT, EVIL_SCHOOLS, EVIL_TEAM, evil_office, evil_plan
from tests.builders import a_plan, a_problem

BARS = ".week:not([hidden]) .calendar .mark-rect.role-mark path"
ROUTES = "#routes li"
SHOWN = ("served", "partly", "not")


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_draws_without_a_word_to_console_or_network(open_page: Open, language: str) -> None:
    opened = open_page(language=language)
    page = opened.ready()
    assert page.get_attribute("html", "lang") == language
    assert opened.count(".week") == 2
    assert opened.count(BARS) == 4
    assert opened.count(".map path[fill='var(--served)']") == 1
    assert opened.count(".map path[fill='var(--partly)']") == 1
    assert opened.count(".map path[fill='var(--not)']") == 1
    for line in ("stock", "alarm", "uncertain"):
        assert opened.count(f".ledger .mark-line path[stroke='var(--{line})']") == 1
    assert opened.trouble == []


def test_states_differ_in_shape_too(office: Opened) -> None:
    shapes = {office.shape(f".map path[fill='var(--{state})']") for state in SHOWN}
    assert len(shapes) == len(SHOWN)


def test_bars_tell_school_pupils_and_status(office: Opened) -> None:
    texts = office.visible(".calendar .mark-text.role-mark text")
    assert texts == ["✓ 40 · SMA 1", "25 · SMA 2", "20 · SMA 2", "? 30 · SMA 3"]


def test_filter_by_team(office: Opened) -> None:
    page = office.page
    page.select_option("[name=team]", label="Team B")
    assert page.inner_text("#shown") == "Shown: 2 visits, 50 pupils, 2 schools"
    page.wait_for_function("n => document.querySelectorAll(n).length === 2", arg=BARS)
    assert len(office.visible("#visits tbody tr")) == 2
    assert [row.split("S")[1][:4] for row in office.visible("#schools tbody tr")] == [
        "MA 2",
        "MA 3",
    ]


def test_filter_by_district(office: Opened) -> None:
    page = office.page
    page.select_option("[name=district]", label="Selatan")
    assert page.inner_text("#shown") == "Shown: 1 visits, 30 pupils, 1 schools"
    assert office.visible(".week h3") == ["5–8 Aug 2024", "14 Aug 2024"]
    assert office.count(".week:not([hidden])") == 1


def test_filter_by_date_and_back(office: Opened) -> None:
    page = office.page
    page.fill("[name=from]", "2024-08-06")
    page.fill("[name=to]", "2024-08-08")
    page.wait_for_function("n => document.querySelectorAll(n).length === 2", arg=BARS)
    assert len(office.visible("#blanks tbody tr")) == 3
    page.click("button[type=reset]")
    page.wait_for_function("n => document.querySelectorAll(n).length === 4", arg=BARS)
    assert page.inner_text("#shown") == "Shown: 4 visits, 115 pupils, 3 schools"


def test_a_filter_that_nothing_fits_says_so(office: Opened) -> None:
    page = office.page
    assert page.is_hidden("#nothing")
    page.select_option("[name=team]", label="Team A")
    page.select_option("[name=district]", label="Selatan")
    assert page.is_visible("#nothing")


def test_routes_of_a_day(office: Opened) -> None:
    page = office.page
    page.select_option("#day", label="Thu 8 Aug")
    assert office.visible(ROUTES) == ["Team B: 1. SMA 2, 08:00"]
    page.select_option("#day", label="No routes")
    assert office.visible(ROUTES) == []


def test_keys_alone_are_enough(open_page: Open) -> None:
    page = open_page().ready()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "team"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#shown") == "Shown: 2 visits, 65 pupils, 2 schools"


def test_charts_have_a_name_and_a_table(office: Opened) -> None:
    page = office.page
    charts = page.locator("[role=img]")
    assert all(charts.evaluate_all("all => all.map(e => e.getAttribute('aria-label').length > 30)"))
    assert charts.count() == 4
    page.click("text=Table of all visits")
    assert page.is_visible("#visits")


def test_dark_and_light(open_page: Open) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme).ready()
        bar = page.locator(BARS).nth(1)
        colours.append(
            (
                page.evaluate("getComputedStyle(document.body).backgroundColor"),
                bar.evaluate("e => getComputedStyle(e).fill"),
            )
        )
    assert colours == [
        ("rgb(255, 255, 255)", "rgb(214, 232, 245)"),
        ("rgb(15, 20, 25)", "rgb(20, 52, 75)"),
    ]


def test_it_prints_light_with_its_tables_open(open_page: Open) -> None:
    opened = open_page(color_scheme="dark")
    page = opened.ready()
    assert page.is_hidden("#visits")
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.is_visible("#visits")
    assert page.is_hidden("#filter")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert opened.trouble == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_sideways(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 700}).ready()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_names_stay_text(open_page: Open) -> None:
    opened = open_page(evil_office(), evil_plan())
    page = opened.ready()
    assert opened.visible("#schools tbody th") == sorted(EVIL_SCHOOLS)
    assert opened.visible("#visits tbody th") == list(EVIL_SCHOOLS)
    shown = [f"30 · {name}" for name in EVIL_SCHOOLS]
    labels = opened.visible(".calendar .mark-text.role-mark text")
    assert all(
        full.startswith(label.rstrip("…")) for label, full in zip(labels, shown, strict=True)
    )
    assert page.locator("[name=team] option").nth(1).inner_text() == EVIL_TEAM
    assert page.locator("[name=district] option").nth(1).inner_text() == EVIL_DISTRICT
    assert page.title().startswith(EVIL_SCHOOLS[0])
    assert opened.visible(ROUTES) == [f"{EVIL_TEAM}: 1. {EVIL_SCHOOLS[0]}, 08:00"]
    page.locator(BARS).first.hover()
    tip = page.locator(".calendar[title], .calendar [title]").first.get_attribute("title")
    assert tip == f"{EVIL_SCHOOLS[0]}\nMon 5 Aug · {EVIL_TEAM}, 08:00–10:00, 30 pupils, proposed"
    assert opened.count("img") == 0
    assert opened.count("script") == 3
    assert opened.trouble == []


def test_a_script_that_got_in_would_not_run(open_page: Open) -> None:
    """Even if a name were not escaped: the page allows its own two scripts only."""
    opened = open_page()
    page = opened.ready()
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.hit = 1';"
        " document.body.append(s); }"
    )
    assert page.evaluate("window.hit") is None
    assert any("Content Security Policy" in trouble for trouble in opened.trouble)


def test_without_javascript_the_tables_are_there(open_page: Open) -> None:
    opened = open_page(java_script_enabled=False)
    assert opened.page.is_hidden("#filter")
    assert opened.page.is_visible("text=Charts and filters need JavaScript")
    assert opened.page.is_visible("#schools")


def test_an_empty_plan(open_page: Open) -> None:
    opened = open_page(a_problem(), a_plan())
    page = opened.ready()
    assert page.is_visible("text=The plan holds no visits.")
    assert opened.count(".map path[fill='var(--not)']") == 1
    assert opened.trouble == []


def test_an_office_without_schools(open_page: Open) -> None:
    opened = open_page(a_problem(schools=()), a_plan())
    opened.ready()
    assert opened.trouble == []
