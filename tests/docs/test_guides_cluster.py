"""The guide to clusters: its script runs, its other snippets are Python."""

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.generate import Country
from ektp_sched import save_problem

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "cluster.md"
BLOCK = re.compile(r"^```(?:python|py)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_script_plans_a_folder_on_a_cluster(tmp_path: Path) -> None:
    script, *others = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    for other in others:
        compile(other, GUIDE.name, "exec")
    # The usual port of the dashboard may be taken.
    script = script.replace("LocalCluster(", 'LocalCluster(dashboard_address=":0", ')
    (tmp_path / "plan_country.py").write_text(
        script.replace("time_limit=1200", "time_limit=1"), encoding="utf-8"
    )
    (tmp_path / "country").mkdir()
    for number in (1, 4):  # small ones
        office = Country(8, 0).office(number)
        save_problem(tmp_path / "country" / f"{office.name}.json", office)
    subprocess.run([sys.executable, "plan_country.py"], cwd=tmp_path, check=True, timeout=900)
    plans = sorted(file.parent.name for file in (tmp_path / "plans").glob("*/plan.json"))
    assert plans == ["dukcapil-002", "dukcapil-005"]
