"""What a run over many offices has come to, as text."""

from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.table import Table

from ektp_sched.language import N_, _, ngettext, number
from ektp_sched.offices import Rule, Sharing
from ektp_sched.offices.record import CountryRecord, FloorRecord, OfficeRecord

MOST_FAILED = 20
RULE_WORDS: dict[Rule, str] = {
    "pupils": N_("by pupils"),
    "requests": N_("by requests"),
    "first_come": N_("first come, first served"),
}


def country_in_words(country: CountryRecord, *, waiting: int) -> Iterator[RenderableType]:
    """Totals, the sharing if there is one, and offices without a plan.

    Parameters
    ----------
    waiting
        Offices that were not begun.
    """
    planned = len(country.offices) - len(country.failed)
    yield _(
        "{planned} of {offices} offices have a plan.",
        planned=planned,
        offices=len(country.offices) + waiting,
    )
    yield _totals(country)
    if country.sharing is not None:
        yield ""
        yield from _sharing(country.sharing, country.floors)
    if country.failed:
        yield ""
        yield from _failed(_("Without a plan:"), country.failed)
    if country.not_planned:
        yield ""
        yield from _failed(
            _("Not planned anew, their plans stand as a person changed them:"), country.not_planned
        )
    if country.not_shared:
        yield ""
        yield from _failed(_("Without a plan while the pool was shared out:"), country.not_shared)
    if waiting:
        yield ""
        yield ngettext(
            "{n} office was not begun. The same command goes on where this one stopped.",
            "{n} offices were not begun. The same command goes on where this one stopped.",
            waiting,
        )


def _failed(title: str, offices: tuple[OfficeRecord, ...]) -> Iterator[RenderableType]:
    yield title
    for one in offices[:MOST_FAILED]:
        yield f"  {one.office}: {one.failure_in_short}"
    if (more := len(offices) - MOST_FAILED) > 0:
        yield _("  and {more} more", more=more)


def _totals(country: CountryRecord) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    left = country.total("left")
    table.add_row(_("Schools"), number(country.total("schools")))
    table.add_row(_("Pupils due"), number(country.total("pupils")))
    table.add_row(_("Pupils recorded"), number(country.total("recorded")))
    table.add_row(_("Pupils left"), number(left))
    table.add_row(_("Bound on pupils recorded"), number(country.total("bound")))
    table.add_row(_("Gap"), number(country.gap, ".2%"))
    table.add_row(_("Blank cards for schools"), number(country.total("blanks")))
    table.add_row(_("Of these drawn"), number(country.total("drawn")))
    return table


def _sharing(sharing: Sharing, floors: tuple[FloorRecord, ...]) -> Iterator[RenderableType]:
    cards = sum(one.cards for one in sharing.shipments if one.confirmed)
    yield _(
        "The pool: {cards} cards shared out, for {pupils} pupils in all its offices; no sharing "
        "records more than {bound}.",
        cards=cards,
        pupils=sharing.pupils,
        bound=sharing.bound,
    )
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(_("As offices do today"))
    for name in (_("Pupils"), _("Fewer"), _("At most")):
        table.add_column(name, justify="right", no_wrap=True)
    for rule in sharing.rules:
        fewer = number(sharing.pupils - rule.pupils)
        table.add_row(_(RULE_WORDS[rule.rule]), number(rule.pupils), fewer, number(rule.bound))
    yield table
    if floors:
        kept = sum(floor.cards >= floor.least for floor in floors)
        yield _("Floors of provinces kept: {kept} of {all}.", kept=kept, all=len(floors))
