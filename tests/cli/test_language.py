"""What the verbs print in Indonesian: nothing of it is left in English."""

import json
import re
from pathlib import Path

import pytest
from typer.main import get_command

from ektp_sched.cli.app import VERBS, app_for
from ektp_sched.cli.main import usage_in_words
from ektp_sched.domain import Plan, Problem, Stock
from ektp_sched.files import save_plan, save_problem
from ektp_sched.texts.language import speaking
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_delivery,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
)
from tests.cli.running import Terminal

ENGLISH = re.compile(
    r"\b(all|and|are|at|be|blanks?|by|cards?|closed|days?|error|for|from|given?|has|have|in|is|it"
    r"|left|more|no|none|not|of|on|open|or|plan|planned|problem|pupils?|recorded|schools?|than|that"
    r"|the|there|this|to|visits?|was|were|with|written|you|your)\b",
    re.IGNORECASE,
)
# Names of files, keys and options are the same in both languages.
CODE = re.compile(r"\S*(?:[/\[\]_]|--|\w\.\w)\S*|ektp-sched [\w-]+|'\w+'")

PROBLEM, PLAN = "problem.json", "plan.json"
BOTH = (PROBLEM, PLAN)


@pytest.fixture
def office() -> Problem:
    """On a grid so coarse that everything is proven at once; not all blanks are sure to come."""
    schools = (a_school("S1", cohorts=60), a_school("S2", name="SMK [Dua]", cohorts=30))
    stock = Stock(opening=60, reserve=10, deliveries=(a_delivery(TUESDAY, 40, confirmed=False),))
    return a_problem(
        schools=schools, teams=(a_team(name="Tim A"),), name="Uji", time_step=60, stock=stock
    )


@pytest.fixture
def plan() -> Plan:
    return a_plan(a_visit(students=40))


@pytest.fixture(autouse=True)
def _files(office: Problem, plan: Plan) -> None:
    save_problem(PROBLEM, office)
    save_plan(PLAN, plan)


def english_in(text: str) -> list[str]:
    """Lines with English words in them."""
    return [line for line in text.splitlines() if ENGLISH.search(CODE.sub("", line))]


def indonesian(terminal: Terminal, *arguments: object, code: int = 0) -> str:
    """What a command prints with `--lang id`, none of it in English."""
    ran = terminal.run(*arguments, "--lang", "id")
    assert ran.code == code, ran.err
    assert english_in(ran.out + ran.err) == []
    return ran.out + ran.err


def test_the_net_catches_english() -> None:
    assert english_in("Written: out/plan.json\nDitulis: out/plan.json\n--time-limit") == [
        "Written: out/plan.json"
    ]


def test_check(terminal: Terminal) -> None:
    told = indonesian(terminal, "check", *BOTH)
    assert told.startswith("Tidak ada aturan yang dilanggar.\n")
    assert "40 siswa terekam" in told


def test_check_of_a_plan_that_breaks_many_rules(terminal: Terminal) -> None:
    broken = [
        a_visit(students=90, start="05:10", end="16:30"),
        a_visit("S2", date=FRIDAY, students=31, start="12:00", end="13:00"),
        a_visit("S2", date=FRIDAY, students=3, start="12:00", end="13:00"),
        a_visit(date="2024-08-10", students=20),
    ]
    save_plan(PLAN, a_plan(*broken))
    told = indonesian(terminal, "check", *BOTH, code=1)
    for rule in ("R1", "R2", "R3", "R4", "R7", "R8", "R9", "R11", "R14"):
        assert f"\n{rule} " in told, rule
    assert "SMA 1 pada 10 Agu 2024 oleh Tim A: " in told


def test_plan(terminal: Terminal) -> None:
    told = indonesian(terminal, "plan", PROBLEM, "-o", "out", "--time-limit", 30)
    assert "Ditulis: out/plan.json, out/result.json" in told
    assert "Siswa: 50 terekam, 40 tersisa dari 90." in told


def test_explain(terminal: Terminal) -> None:
    assert "Belum terlayani penuh: 2 sekolah" in indonesian(terminal, "explain", *BOTH)
    told = indonesian(terminal, "explain", *BOTH, "S2", "--time-limit", 10)
    assert told.startswith("SMK [Dua]: 0 siswa terekam, 30 tersisa (30 dari XII).")


def test_contradictions(terminal: Terminal, office: Problem) -> None:
    promises = [
        a_visit(status="confirmed", students=30),
        a_visit("S2", status="confirmed", students=30),
    ]
    save_problem(PROBLEM, office.model_copy(update={"commitments": tuple(promises)}))
    told = indonesian(terminal, "contradictions", PROBLEM, code=1)
    assert told.startswith("2 kunjungan yang dijanjikan ini tidak dapat ditepati semuanya:")


def test_blanks(terminal: Terminal) -> None:
    assert "terlambat 2 pekan" in indonesian(terminal, "what-if", *BOTH)
    told = indonesian(terminal, "contingent", *BOTH, "-o", "out", "--time-limit", 10)
    assert "Bila pengiriman yang belum pasti tiba" in told


def test_an_agreement(terminal: Terminal) -> None:
    told = indonesian(terminal, "offer", *BOTH, "S2", "-k", 2, "-o", "offers.json")
    assert "Jadwal yang dapat diusulkan" in told
    told = indonesian(terminal, "accept", *BOTH, "offers.json", 1, "-o", "out")
    assert told.startswith("Disetujui: SMK [Dua], ")
    told = indonesian(terminal, "refuse", *BOTH, "S1", MONDAY, "-o", "other")
    assert "SMA 1 tidak dapat dikunjungi pada 1 tanggal." in told
    assert "(diusulkan)" in told


def test_replan_and_follow_up(terminal: Terminal) -> None:
    changes = [
        {"kind": "school_closed", "school": "S1", "start": TUESDAY, "end": WEDNESDAY},
        {"kind": "delivery_arrived", "date": TUESDAY, "cards": 30},
        {
            "kind": "visit_done",
            "school": "S1",
            "date": MONDAY,
            "recorded": {"XII": 30},
            "absent": {"XII": 10},
        },
    ]
    Path("changes.json").write_text(json.dumps(changes), encoding="utf-8")
    told = indonesian(terminal, "replan", *BOTH, "changes.json", "-o", "new", "--time-limit", 10)
    assert "direncanakan ulang setelah 3 perubahan" in told
    assert "SMA 1 tutup dari Sel 6 Agu sampai Rab 7 Agu" in told
    files = ("new/problem.json", "new/plan.json", "changes.json")
    told = indonesian(terminal, "follow-up", *files, "-o", "next", "--expect", "90")
    assert "10 tidak hadir" in told


def test_worth(terminal: Terminal) -> None:
    told = indonesian(terminal, "worth", *BOTH, "--time-limit", 10)
    assert "Rencana Anda: " in told


def test_call_up(terminal: Terminal) -> None:
    told = indonesian(terminal, "call-up", *BOTH)
    assert "Sen 5 Agu 2024, Tim A; tim tiba pukul 08:00" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("template", "-o", "kota.xlsx"), "Ditulis: kota.xlsx"),
        (("workbook", PROBLEM, "-o", "kota.xlsx"), "Ditulis: kota.xlsx"),
        (("export", *BOTH, "-o", "out"), "Ditulis: 3 berkas di out"),
        (("letters", *BOTH, "-o", "out"), "Ditulis: 2 berkas di out"),
    ],
)
def test_files_for_people(terminal: Terminal, arguments: tuple[str, ...], told: str) -> None:
    assert indonesian(terminal, *arguments).strip() == told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("check", "none.json", PLAN), "kesalahan: none.json: tidak dapat dibaca: "),
        (("check", PLAN, PLAN), "kesalahan: plan.json: ini sebuah rencana, padahal "),
        (("check", PROBLEM, "bad.json"), "kesalahan: bad.json: baris 1, kolom 2: ini bukan JSON: "),
        (("explain", PROBLEM), "kesalahan: Argumen 'plan' belum diisi. Lihat ektp-sched explain "),
        (("check", *BOTH, "--foo"), "kesalahan: Tidak ada opsi --foo. Lihat ektp-sched check "),
        (("plan", PROBLEM, "-o", "out", "--gap", "2"), "kesalahan: gap: 2.0 di luar batas. "),
        (("plan", PROBLEM, "-o", "out", "--seed", "x"), "kesalahan: Nilai '--seed' tidak sah: "),
        (("explain", *BOTH, "S9"), "kesalahan: sekolah: sekolah 'S9' tidak ada dalam data. "),
        (("refuse", *BOTH, "S1", "besok", "-o", "out"), "kesalahan: tanggal: 'besok' bukan "),
        (("template", "-o", "kota.doc"), "kesalahan: Nilai --output tidak sah: "),
    ],
)
def test_errors(terminal: Terminal, arguments: tuple[str, ...], told: str) -> None:
    Path("bad.json").write_text("{,}", encoding="utf-8")
    assert indonesian(terminal, *arguments, code=2).startswith(told)


def test_a_broken_problem(terminal: Terminal) -> None:
    raw = json.loads(Path(PROBLEM).read_text(encoding="utf-8"))
    raw["start"] = "2024-13-01"
    raw["schools"][0]["cohorts"][0]["students"] = "12"
    raw["schools"][1]["nik"] = "1"
    raw["teams"][0]["kits"] = 0
    del raw["name"]
    Path(PROBLEM).write_text(json.dumps(raw), encoding="utf-8")
    told = indonesian(terminal, "check", *BOTH, code=2)
    assert len(told.splitlines()) == 5
    assert "hapus data pribadi" in told


def test_the_language_of_the_system_is_the_usual_one(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "id")
    assert terminal.run("check", *BOTH).out.startswith("Tidak ada aturan")
    assert terminal.run("check", *BOTH, "--lang=en").out.startswith("No rule is broken.")


def test_keys_of_json_are_english_in_both_languages(terminal: Terminal) -> None:
    save_plan(PLAN, a_plan(a_visit(students=40, start="08:01")))
    english, told = (
        json.loads(terminal.run("check", *BOTH, "--json", "--lang", one).out)
        for one in ("en", "id")
    )
    assert english.keys() == told.keys()
    for one, other in zip(english["violations"], told["violations"], strict=True):
        assert (one["rule"], one["unit"], one["by"]) == (other["rule"], other["unit"], other["by"])
        assert one["message"] != other["message"]


def test_what_typer_says_otherwise_stays_as_it_is() -> None:
    with speaking("id"):
        assert usage_in_words("Something else: 'a'") == "Something else: 'a'"
        told = usage_in_words("Invalid value for '--lang': 'fr' is not one of 'id', 'en'")
    assert told == "Nilai '--lang' tidak sah: 'fr' bukan salah satu dari 'id', 'en'"


def test_every_verb_can_be_told_the_language() -> None:
    verbs = {name: get_command(app_for([name])).commands[name] for name in VERBS}  # type: ignore[attr-defined]
    without = {
        name for name, verb in verbs.items() if not any("--lang" in p.opts for p in verb.params)
    }
    assert without == {"schema"}  # that is for programs
