"""The rules by number, each a function from facts to the ways in which it is broken."""

from collections.abc import Callable, Iterator

from ektp_sched.rulebook.facts import Breach, Facts
from ektp_sched.rulebook.rule_blanks import r11_blanks
from ektp_sched.rulebook.rule_pupils import r6_skills, r7_pupils, r9_capacity, r10_size
from ektp_sched.rulebook.rule_times import r1_calendar, r2_hours, r3_shift, r14_grid
from ektp_sched.rulebook.rule_tours import r4_travel, r5_break, r12_limits
from ektp_sched.rulebook.rule_visits import r8_visits, r13_commitments

RULES: dict[str, Callable[[Facts], Iterator[Breach]]] = {
    "R1": r1_calendar,
    "R2": r2_hours,
    "R3": r3_shift,
    "R4": r4_travel,
    "R5": r5_break,
    "R6": r6_skills,
    "R7": r7_pupils,
    "R8": r8_visits,
    "R9": r9_capacity,
    "R10": r10_size,
    "R11": r11_blanks,
    "R12": r12_limits,
    "R13": r13_commitments,
    "R14": r14_grid,
}
