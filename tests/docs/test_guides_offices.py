"""The guide to many offices: its pool is one, its script and its commands run."""

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.generate import Country
from ektp_sched import load_pool, save_problem

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "offices.md"
FILE = re.compile(r"^<!-- file: (\S+) -->\n```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCRIPT = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SMALL = (1, 4, 6)  # offices of a country of eight


def test_the_script_shares_the_pool_out_and_plans(tmp_path: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for name, content in FILE.findall(text):
        (tmp_path / name).write_text(content, encoding="utf-8")
    (script,) = SCRIPT.findall(text)
    short = script.replace("time_limit=600", "time_limit=3")
    (tmp_path / "script.py").write_text(short, encoding="utf-8")
    (tmp_path / "country").mkdir()
    pool = load_pool(tmp_path / "pool.json")
    for one, number in zip(pool.offices, SMALL, strict=True):
        office = Country(8, 0).office(number).model_copy(update={"name": one.office})
        save_problem(tmp_path / "country" / f"{one.office}.json", office)
    done = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        check=True,
        timeout=900,
        stdout=subprocess.PIPE,
        text=True,
    )
    first, *rules = done.stdout.splitlines()[:4]
    assert "pupils, at most" in first
    assert [line.split()[0] for line in rules] == ["pupils", "requests", "first_come"]
    plans = sorted(file.parent.name for file in (tmp_path / "plans").glob("*/plan.json"))
    assert plans == [one.office for one in pool.offices]
