"""What a plan reaches in each aim, and what no plan can pass, in plain sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from ektp_sched.domain import TERMS, Problem, Term
from ektp_sched.report.numerals import number, percent
from ektp_sched.texts.language import N_, Language, _, all_of, speaking, spoken_language

if TYPE_CHECKING:
    from ektp_sched.solve import TierResult


@dataclass(frozen=True, slots=True)
class Wording:
    """How a term is said in one language: `scale` parts of its value make one unit.

    `verb` is what a plan does that gets more of it, for terms of which more is better.
    """

    value: str
    unit: str
    verb: str = ""
    scale: int = 1

    def number(self, value: int, language: Language) -> str:
        """A value in whole units; in parts of one only where there are few."""
        few = abs(value) < FEW_UNITS * self.scale
        return number(value / self.scale, language, decimals=2 if self.scale > 1 and few else 0)

    def amount(self, value: int, language: Language) -> str:
        """At most so much, in whole units: "1 pupil", "2 pupils"."""
        count = number(-(-value // self.scale), language)
        unit = self.unit.removesuffix("s") if count == "1" and language == "en" else self.unit
        return f"{count} {unit}"


FEW_UNITS = 10  # of fewer, parts of one matter

_ENGLISH: dict[Term | str, Wording] = {
    "students": Wording("pupils recorded", "pupils", "record"),
    "points": Wording("points for pupils (their priority each)", "points", "reach"),
    "shortfall": Wording("pupils short of the floors", "pupils"),
    "schools": Wording("schools visited", "schools", "visit"),
    "lessons": Wording("pupil-minutes of lessons missed", "pupil-minutes", scale=100),
    "travel": Wording("minutes driven", "minutes"),
    "team_days": Wording("team-days used", "team-days"),
    "wait": Wording("days waited by all pupils together", "days"),
    "changes": Wording("visits of the former plan changed", "visits"),
}
_INDONESIAN: dict[Term | str, Wording] = {
    "students": Wording("siswa terekam", "siswa", "merekam"),
    "points": Wording("poin untuk siswa (masing-masing prioritasnya)", "poin", "mencapai"),
    "shortfall": Wording("siswa kurang dari batas minimum", "siswa"),
    "schools": Wording("sekolah dikunjungi", "sekolah", "mengunjungi"),
    "lessons": Wording("menit pelajaran siswa terlewat", "menit siswa", scale=100),
    "travel": Wording("menit perjalanan", "menit"),
    "team_days": Wording("hari tim terpakai", "hari tim"),
    "wait": Wording("hari tunggu semua siswa bersama", "hari"),
    "changes": Wording("kunjungan rencana sebelumnya berubah", "kunjungan"),
}
_NAMES: dict[Term, str] = {
    "students": N_("students"),
    "shortfall": N_("shortfall"),
    "schools": N_("schools"),
    "lessons": N_("lessons"),
    "travel": N_("travel"),
    "team_days": N_("team_days"),
    "wait": N_("wait"),
    "changes": N_("changes"),
}
_LIMITS = {
    "unknown": (
        "belum diketahui seberapa jauh rencana lain bisa lebih baik",
        "how much better a plan could be is not known",
    ),
    "proven": (
        "terbukti, tidak ada rencana yang bisa lebih baik",
        "proven, no plan can do better",
    ),
    "max": (
        "tidak ada rencana yang bisa {verb} lebih dari {amount} lagi{gap}",
        "no plan can {verb} more than {amount} more{gap}",
    ),
    "min": (
        "rencana lain paling banyak lebih baik {amount}{gap}",
        "no plan can be better by more than {amount}{gap}",
    ),
    "sum": (
        "jumlah tertimbangnya paling banyak lebih baik {amount}{gap}",
        "no plan's weighted sum is better by more than {amount}{gap}",
    ),
    "gap": (" (selisih {gap})", " (gap {gap})"),
}


def wording_of(term: Term, problem: Problem, language: Language) -> Wording:
    """The words for a term; pupils of unlike priorities are points."""
    alike = all(cohort.priority == 1 for school in problem.schools for cohort in school.cohorts)
    name = term if alike or term != "students" else "points"
    return (_INDONESIAN if language == "id" else _ENGLISH)[name]


def term_in_words(term: Term) -> str:
    """A term's short name in the language spoken; in English the one that files have."""
    return _(_NAMES[term])


def tier_in_words(tier: str) -> str:
    """A term, or a sum such as "2*students - travel", by the short names of its terms."""
    for term in TERMS:
        tier = re.sub(rf"\b{term}\b", term_in_words(term), tier)
    return tier


def tiers_in_words(
    tiers: Sequence["TierResult"], problem: Problem, language: Language
) -> list[str]:
    """For each tier a sentence: what the plan reaches, and what no plan can pass."""
    return [_sentence(tier, problem, language) for tier in tiers]


def figure(term: Term, value: int) -> str:
    """A term's value in whole units, in the language spoken."""
    wording = (_INDONESIAN if spoken_language() == "id" else _ENGLISH)[term]
    return wording.number(value, spoken_language())


def _sentence(tier: "TierResult", problem: Problem, language: Language) -> str:
    with speaking(language):
        return f"{_reached(tier, problem, language)}: {_limit(tier, problem, language)}"


def _reached(tier: "TierResult", problem: Problem, language: Language) -> str:
    """What the plan comes to; of a sum its parts, where they are known."""
    if tier.term not in TERMS and not tier.parts:
        return f"{number(tier.value, language)} = {tier_in_words(tier.term)}"
    reached = []
    for term, value in (tier.parts or {cast("Term", tier.term): tier.value}).items():
        wording = wording_of(term, problem, language)
        reached.append(f"{wording.number(value, language)} {wording.value}")
    together = f" ({tier_in_words(tier.term)})" if tier.parts else ""
    return f"{all_of(reached)}{together}"


def _limit(tier: "TierResult", problem: Problem, language: Language) -> str:
    column = 0 if language == "id" else 1
    if tier.bound is None or tier.gap is None:
        return _LIMITS["unknown"][column]
    room = abs(tier.bound - tier.value)
    if not room:
        return _LIMITS["proven"][column]
    gap = "" if tier.gap >= 1 else _LIMITS["gap"][column].format(gap=percent(tier.gap, language))
    if tier.term not in TERMS:
        return _LIMITS["sum"][column].format(amount=number(room, language), gap=gap)
    wording = wording_of(tier.term, problem, language)
    amount = wording.amount(room, language)
    return _LIMITS[tier.sense][column].format(verb=wording.verb, amount=amount, gap=gap)
