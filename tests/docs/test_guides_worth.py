"""The guides to worth and call-up: what they show runs."""

import re
from pathlib import Path

import pytest

from tests.builders import WEDNESDAY, a_plan, a_problem, a_visit

GUIDES = Path(__file__).parents[2] / "docs" / "guides"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["worth", "call-up"])
def test_the_code_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = a_plan(a_visit(date=WEDNESDAY, start="13:00", end="15:00"))
    Path("problem.json").write_text(a_problem().model_dump_json(), encoding="utf-8")
    Path("plan.json").write_text(plan.model_dump_json(), encoding="utf-8")
    text = (GUIDES / f"{name}.md").read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        exec(block[1].replace("time_limit=60", "time_limit=3"), {})
    assert capsys.readouterr().out
