"""The page of many offices: a map, totals, a table, and how blank cards were shared out."""

from collections.abc import Mapping
from functools import partial

from ektp_sched import __version__
from ektp_sched.extras import extra
from ektp_sched.language import Language, spoken_language
from ektp_sched.offices.record import CountryRecord
from ektp_sched.report import numerals
from ektp_sched.report.country_figures import columns_of, map_of, values_of
from ektp_sched.report.country_texts import text

with extra("report"):
    from ektp_sched.report.templating import asset, policy_of, template


def country_page(country: CountryRecord, *, links: Mapping[str, str]) -> str:
    """The page in the language spoken, as text.

    Parameters
    ----------
    links
        The page of an office, as seen from this one, by its name.

    Raises
    ------
    ExtraError
        The packages of the extra `report` are not installed.
    """
    language, script = spoken_language(), asset("templates/country.js")
    return template("country.html").render(
        lang=language,
        t=partial(_text, language),
        n=partial(numerals.number, language=language),
        percent=partial(numerals.percent, language=language),
        country=country,
        sharing=country.sharing,
        columns=columns_of(country),
        values=partial(values_of, worth=country.box_worth),
        map=map_of(country),
        links=links,
        style=asset("templates/page.css"),
        script=script,
        policy=policy_of([script]),
        version=__version__,
    )


def _text(language: Language, name: str, **values: object) -> str:
    return text(name, language, **values)
