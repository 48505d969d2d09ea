"""Chromium of the system, driven by Playwright; where one of both is missing, nothing is tested."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ektp_sched.domain import Plan, Problem
from ektp_sched.report import write_page
from ektp_sched.texts.language import Language
from tests.browser.offices import an_office, its_plan

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A machine without a network: Chromium shall not look for one.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    api = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


class Opened:
    """A page in the browser, and all that it should not have done."""

    def __init__(self, page: "Page", file: Path) -> None:
        self.page = page
        self.trouble: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.trouble.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self.trouble.append(f"request: {request.url}"))
        page.goto(file.as_uri())
        self.trouble.remove(f"request: {file.as_uri()}")

    def _console(self, message: "ConsoleMessage") -> None:
        self.trouble.append(f"console: {message.text}")

    def ready(self) -> "Page":
        """The page once everything is drawn."""
        self.page.wait_for_selector("html[data-ready]", state="attached")
        return self.page

    def count(self, selector: str) -> int:
        return self.page.locator(selector).count()

    def shape(self, selector: str) -> str:
        """The commands of a path, without its measures."""
        drawn = self.page.locator(selector).get_attribute("d") or ""
        return "".join(sign for sign in drawn if sign.isalpha())

    def visible(self, selector: str) -> list[str]:
        """Texts of the elements that are not hidden, whether inside closed details or not."""
        found = self.page.locator(f"{selector}:not([hidden])")
        return [
            (text or "").strip()
            for text in found.evaluate_all("all => all.map(e => e.textContent)")
        ]


Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def open_page(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Open:
    """Write the page of an office and open it; options of the browser's context by keyword."""

    def open_(
        problem: Problem | None = None,
        plan: Plan | None = None,
        *,
        language: Language = "en",
        **options: Any,
    ) -> Opened:
        file = tmp_path_factory.mktemp("page") / "page.html"
        write_page(problem or an_office(), plan or its_plan(), file, language=language)
        return Opened(browser.new_context(**options).new_page(), file)

    return open_


@pytest.fixture(scope="session")
def _office_page(open_page: Open) -> Opened:
    opened = open_page()
    opened.ready()
    return opened


@pytest.fixture
def office(_office_page: Opened) -> Iterator[Opened]:
    """The page of the usual office, with no filter set; nothing may go wrong while it is used."""
    yield _office_page
    _office_page.page.click("button[type=reset]")
    trouble, _office_page.trouble[:] = list(_office_page.trouble), []
    assert trouble == []
