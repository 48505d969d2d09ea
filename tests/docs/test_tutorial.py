import re
import shlex
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ektp_sched.cli import main
from ektp_sched.files import load_plan, load_problem
from ektp_sched.rulebook import check

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PYTHON = DOCS / "python.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"^(?:Lembar|Sheet) \*\*(.+?)\*\*[^|]*?\n\n((?:\|.*\n)+)", re.MULTILINE)
EXAMPLE = ROOT / "examples" / "five_schools" / "problem.xlsx"


def test_python_step_by_step_runs_from_top_to_bottom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = PYTHON.read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(text))
    namespace: dict[str, Any] = {}
    for block in blocks:
        lines_before = text.count("\n", 0, block.start(1))
        code = compile("\n" * lines_before + block[1], str(PYTHON), "exec")
        exec(code, namespace)
    assert len(blocks) == text.count("```python")
    assert (tmp_path / "problem.json").is_file()


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("tutorial.md", ("plan.html", "plan.png", "plan.xlsx", "letters", "calendars")),
        ("tutorial.id.md", ("rencana.html", "rencana.png", "rencana.xlsx", "surat", "kalender")),
    ],
)
def test_the_tutorial_runs_from_the_blank_workbook_to_calendars(
    name: str, made: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (DOCS / name).read_text(encoding="utf-8")
    lines = [line for block in COMMANDS.findall(text) for line in block.splitlines()]
    install, template, *others = lines
    assert install.startswith("pip install '.[")
    _run(template)
    _type_into("kota.xlsx", TABLE.findall(text))
    assert load_problem("kota.xlsx") == load_problem(EXAMPLE)
    for line in others:
        _run(line.replace("--time-limit 10", "--time-limit 2"))
    problem = load_problem("kota.xlsx")
    plan = load_plan("out/plan.json", problem)
    assert check(problem, plan).ok
    assert {visit.school for visit in plan.visits} == {school.id for school in problem.schools}
    assert all(Path(one).exists() for one in made)
    _, _, _, letters, calendars = (Path(one) for one in made)
    # A short run may leave a team at home: it gets neither day sheets nor a calendar.
    teams = len({visit.team for visit in plan.visits})
    assert len(list(letters.glob("*.docx"))) == 5 + teams
    assert len(list(calendars.rglob("*.ics"))) == 1 + 5 + teams


def test_both_tutorials_go_the_same_way() -> None:
    shapes = []
    for name in ("tutorial.md", "tutorial.id.md"):
        text = (DOCS / name).read_text(encoding="utf-8")
        verbs = re.findall(r"^ektp-sched (\S+)", text, re.MULTILINE)
        shapes.append((text.count("\n## "), text.count("\n|"), verbs))
    assert shapes[0] == shapes[1]


def _run(line: str) -> None:
    program, *arguments = shlex.split(line)
    assert program == "ektp-sched"
    assert main(arguments) == 0, line


def _type_into(path: str, tables: list[tuple[str, str]]) -> None:
    """Type the tables of a tutorial into the sheets that they are for, below the example row."""
    book = openpyxl.load_workbook(path)
    assert len(tables) == 10
    for title, table in tables:
        headings, _, *rows = (_cells(line) for line in table.splitlines())
        page = book[title]
        upright = {str(row[0].value): row[1] for row in page.iter_rows()}
        columns = {str(cell.value).rstrip("*"): n for n, cell in enumerate(page[1], start=1)}
        for line, row in enumerate(rows, start=3):
            for heading, typed in zip(headings, row, strict=True):
                if len(headings) == 2:
                    upright[row[0]].value = _as_excel_takes(row[1])
                elif typed:
                    page.cell(line, columns[heading]).value = _as_excel_takes(typed)
    book.save(path)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _as_excel_takes(typed: str) -> str | int:
    return int(typed) if typed.isdigit() else typed
