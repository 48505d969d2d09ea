import builtins
import sys
from pathlib import Path

import pytest

from ektp_sched.domain import Plan
from ektp_sched.files.icalendar import read_calendar
from ektp_sched.files.outputs import HIDDEN
from tests.builders import TUESDAY, a_plan, a_visit
from tests.cli.running import Terminal, is_clear

VERBS = ("calendar", "letters", "export")


@pytest.fixture
def plan() -> Plan:
    return a_plan(a_visit(students=40), a_visit("S2", date=TUESDAY, students=7))


@pytest.fixture(autouse=True)
def _files(problem_file: Path, plan: Plan) -> None:
    Path("plan.json").write_text(plan.model_dump_json(), encoding="utf-8")


def names(folder: str) -> list[str]:
    """All files below a folder, the hidden ones left out."""
    found = (path.relative_to(folder) for path in Path(folder).rglob("*.*"))
    return sorted(str(path) for path in found if HIDDEN not in path.parts)


def test_the_calendars(terminal: Terminal) -> None:
    ran = terminal.run("calendar", "problem.json", "plan.json", "-o", "out", "--lang", "id")
    assert (ran.code, ran.out, ran.err) == (0, "Ditulis: 4 berkas di out\n", "")
    assert names("out") == [
        "office.ics",
        "schools/SMA-1_S1.ics",
        "schools/SMK-Dua_S2.ics",
        "teams/Team-A_A.ics",
    ]


@pytest.mark.parametrize("former", [(), ("--former", "out")])
def test_calendars_of_a_new_plan_update_those_that_were_sent(
    former: tuple[str, ...], terminal: Terminal
) -> None:
    terminal.run("calendar", "problem.json", "plan.json", "-o", "out")
    sent = read_calendar("out/office.ics")
    new = a_plan(a_visit(start="09:00", students=40))
    Path("new.json").write_text(new.model_dump_json(), encoding="utf-8")
    folder = "new" if former else "out"
    assert terminal.run("calendar", "problem.json", "new.json", "-o", folder, *former).code == 0
    moved, gone = read_calendar(f"{folder}/office.ics")
    assert [moved.uid, gone.uid] == [entry.uid for entry in sent]
    assert (moved.sequence, gone.sequence, gone.status) == (1, 1, "CANCELLED")


def test_calendars_of_the_same_plan_stay_as_they_are(terminal: Terminal) -> None:
    terminal.run("calendar", "problem.json", "plan.json", "-o", "out")
    before = {name: Path("out", name).read_bytes() for name in names("out")}
    terminal.run("calendar", "problem.json", "plan.json", "-o", "out")
    assert {name: Path("out", name).read_bytes() for name in names("out")} == before


def test_a_former_calendar_that_cannot_be_read_changes_nothing(terminal: Terminal) -> None:
    arguments = ("calendar", "problem.json", "plan.json", "-o", "out")
    ran = terminal.run(*arguments, "--former", "nowhere")
    assert is_clear(ran, Path("nowhere/office.ics"), "cannot read")
    Path("out").mkdir()
    Path("out/office.ics").write_text("no calendar", encoding="utf-8")
    ran = terminal.run(*arguments)
    assert is_clear(ran, Path("out/office.ics"), "no calendar that ektp-sched wrote")
    assert names("out") == ["office.ics"]


def test_the_letters(terminal: Terminal) -> None:
    ran = terminal.run("letters", "problem.json", "plan.json", "-o", "out", "--lang", "id")
    assert (ran.code, ran.out, ran.err) == (0, "Ditulis: 3 berkas di out\n", "")
    assert names("out") == [
        "surat-pemberitahuan_SMA-1_S1.docx",
        "surat-pemberitahuan_SMK-Dua_S2.docx",
        "surat-tugas_Team-A_A.docx",
    ]


@pytest.mark.parametrize(
    ("options", "written"),
    [
        (["--school", "S2"], ["notice_SMK-Dua_S2.docx"]),
        (["--team", "A"], ["assignment_Team-A_A.docx"]),
        (["--school", "S1", "--team", "A"], ["assignment_Team-A_A.docx", "notice_SMA-1_S1.docx"]),
    ],
)
def test_some_letters(options: list[str], written: list[str], terminal: Terminal) -> None:
    terminal.run("letters", "problem.json", "plan.json", "-o", "out", "--lang", "en", *options)
    assert names("out") == written


def test_a_school_that_is_not_there(terminal: Terminal) -> None:
    ran = terminal.run("letters", "problem.json", "plan.json", "-o", "out", "--school", "S9")
    assert is_clear(ran, "school", "school 'S9' is not in the problem", "S1, S2")
    assert not Path("out").exists()


def test_templates_are_written_once_and_used(terminal: Terminal) -> None:
    ran = terminal.run("letter-templates", "-o", "own", "--lang", "id")
    assert (ran.code, ran.out) == (0, "Ditulis: 2 berkas di own\n")
    changed = Path("own/surat-tugas.docx")
    changed.write_bytes(Path("own/surat-pemberitahuan.docx").read_bytes())
    before = changed.read_bytes()
    ran = terminal.run("letter-templates", "-o", "own", "--lang", "id")
    assert f"Dibiarkan apa adanya: {changed}" in ran.out
    assert changed.read_bytes() == before
    arguments = ("letters", "problem.json", "plan.json", "-o", "out", "--template", "own")
    ran = terminal.run(*arguments, "--lang", "id", "--team", "A")
    assert ran.code == 2
    told = f"kesalahan: {changed}: isian 'npsn' tidak dikenal. Pakai salah satu dari: "
    assert ran.err.startswith(told)


def test_a_letter_that_was_filled_in_stays_until_the_plan_says_something_new(
    terminal: Terminal,
) -> None:
    arguments = ("letters", "problem.json", "plan.json", "-o", "out", "--lang", "id")
    terminal.run(*arguments)
    letter = Path("out/surat-pemberitahuan_SMA-1_S1.docx")
    letter.write_bytes(b"Nomor 474/123/2026")
    ran = terminal.run(*arguments)
    assert (ran.code, ran.out) == (
        0,
        f"Ditulis: 2 berkas di out\nDibiarkan apa adanya: {letter}\n",
    )
    assert letter.read_bytes() == b"Nomor 474/123/2026"
    new = a_plan(a_visit(start="09:00", students=40), a_visit("S2", date=TUESDAY, students=7))
    Path("plan.json").write_text(new.model_dump_json(), encoding="utf-8")
    ran = terminal.run(*arguments)
    assert ran.code == 2
    assert f"{letter}: di sini sudah ada sebuah surat yang diubah" in ran.err
    assert terminal.run(*arguments, "--replace").code == 0
    (kept,) = Path("out/backup").glob("*/*.docx")
    assert kept.read_bytes() == b"Nomor 474/123/2026"


def test_the_exports(terminal: Terminal) -> None:
    ran = terminal.run("export", "problem.json", "plan.json", "-o", "out", "--lang", "id")
    assert (ran.code, ran.out, ran.err) == (0, "Ditulis: 3 berkas di out\n", "")
    assert names("out") == ["routes.geojson", "schools.geojson", "visits.csv"]
    assert Path("out/visits.csv").read_bytes().startswith(b'\xef\xbb\xbf"Tanggal";')


@pytest.mark.parametrize("verb", VERBS)
def test_a_plan_that_breaks_rules_is_not_handed_out_silently(verb: str, terminal: Terminal) -> None:
    broken = a_plan(a_visit(start="08:01", students=40))
    Path("plan.json").write_text(broken.model_dump_json(), encoding="utf-8")
    ran = terminal.run(verb, "problem.json", "plan.json", "-o", "out")
    assert ran.code == 0
    assert ran.err == "warning: plan.json: the plan breaks rules, once; see ektp-sched check\n"


@pytest.mark.parametrize("verb", VERBS)
def test_a_file_in_the_way_is_said(verb: str, terminal: Terminal) -> None:
    Path("out").write_text("", encoding="utf-8")
    ran = terminal.run(verb, "problem.json", "plan.json", "-o", "out")
    assert is_clear(ran, "out", "cannot write")


IMPORTED_ANEW = (
    "ektp_sched.report.",
    "ektp_sched.files.icalendar",
    "ektp_sched.cli.calendar",
    "ektp_sched.cli.letters",
)


@pytest.mark.parametrize(
    ("verb", "package", "extra"),
    [
        ("calendar", "icalendar", "calendar"),
        ("letters", "docxtpl", "letters"),
        ("letters", "babel", "letters"),
    ],
)
def test_a_missing_package_is_named_with_the_extra_that_has_it(
    verb: str,
    package: str,
    extra: str,
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name.split(".", maxsplit=1)[0] == package:
            raise ModuleNotFoundError(f"No module named {package!r}", name=package)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    for name in [one for one in sys.modules if one.startswith(IMPORTED_ANEW)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    ran = terminal.run(verb, "problem.json", "plan.json", "-o", "out")
    assert ran.code == 2
    assert ran.complaints == [
        f"error: the package {package} is not installed. "
        f"Install what this needs: pip install 'ektp-sched[{extra}]'"
    ]
    assert not Path("out").exists()


def test_a_letter_to_a_school_by_its_name(terminal: Terminal) -> None:
    ran = terminal.run("letters", "problem.json", "plan.json", "-o", "out", "--school", "sma 1")
    assert (ran.code, ran.err) == (0, "")
    assert "Written: 1 file in out" in ran.out


def test_letters_of_a_visit_that_fell_are_named(terminal: Terminal) -> None:
    terminal.run("letters", "problem.json", "plan.json", "-o", "out", "--lang", "en")
    letters = names("out")
    new = a_plan(a_visit(students=40))
    Path("new.json").write_text(new.model_dump_json(), encoding="utf-8")
    ran = terminal.run("letters", "problem.json", "new.json", "-o", "out", "--lang", "en")
    assert ran.code == 0
    (fallen,) = (name for name in letters if "S2" in name)
    assert ran.complaints == [
        f"warning: {Path('out', fallen)} is of an earlier run and not among these"
    ]
    one = ("letters", "problem.json", "new.json", "-o", "out", "--lang", "en", "--school", "S1")
    assert terminal.run(*one).err == ""


def test_a_calendar_that_cannot_be_read_is_replaced_where_that_is_asked_for(
    terminal: Terminal,
) -> None:
    terminal.run("calendar", "problem.json", "plan.json", "-o", "out")
    office = Path("out/office.ics")
    hers = office.read_bytes() + b"X-NOTE: mine\n"
    office.write_bytes(hers)
    run = ("calendar", "problem.json", "plan.json", "-o", "out")
    ran = terminal.run(*run)
    assert ran.code == 2
    assert "or it was changed and cannot be read" in ran.err
    ran = terminal.run(*run, "--replace")
    assert ran.code == 0
    assert "out/office.ics: it cannot be read, so the visits that it holds" in ran.err
    assert hers in {path.read_bytes() for path in Path("out/backup").rglob("office.ics")}
    assert len(read_calendar(office)) == 2
