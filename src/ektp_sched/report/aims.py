"""What a plan reaches in each aim, and what no plan can pass, in plain sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ektp_sched.domain import TERMS, Problem, Term
from ektp_sched.language import N_, Language, _, speaking
from ektp_sched.report.numerals import number, percent

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
        """A value in units."""
        return number(value / self.scale, language, decimals=2 if self.scale > 1 else 0)

    def amount(self, value: int, language: Language) -> str:
        """A value with its unit: "1 pupil", "2 pupils"."""
        count = self.number(value, language)
        unit = self.unit.removesuffix("s") if count == "1" and language == "en" else self.unit
        return f"{count} {unit}"


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
_SUM = {"id": ("lagi", "mencapai"), "en": ("more", "reach")}
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
        "tidak ada rencana yang bisa {verb} lebih dari {amount} lagi (selisih {gap})",
        "no plan can {verb} more than {amount} more (gap {gap})",
    ),
    "min": (
        "rencana lain paling banyak lebih baik {amount} (selisih {gap})",
        "no plan can be better by more than {amount} (gap {gap})",
    ),
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


def _sentence(tier: "TierResult", problem: Problem, language: Language) -> str:
    term = next((term for term in TERMS if term == tier.term), None)
    if term is None:  # a weighted sum of several
        unit, verb = _SUM[language]
        with speaking(language):
            wording = Wording(f"= {tier_in_words(tier.term)}", unit, verb)
    else:
        wording = wording_of(term, problem, language)
    reached = f"{wording.number(tier.value, language)} {wording.value}"
    return f"{reached}: {_limit(tier, wording, language)}"


def _limit(tier: "TierResult", wording: Wording, language: Language) -> str:
    column = 0 if language == "id" else 1
    if tier.bound is None or tier.gap is None:
        return _LIMITS["unknown"][column]
    room = abs(tier.bound - tier.value)
    if not room:
        return _LIMITS["proven"][column]
    amount = f"{wording.number(room, language)} {wording.unit}"
    values = {"verb": wording.verb, "amount": amount, "gap": percent(tier.gap, language)}
    return _LIMITS[tier.sense][column].format(**values)
