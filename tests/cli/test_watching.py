"""How far a run over many offices is, on a terminal and in a log."""

from io import StringIO

import pytest
from rich.console import Console
from rich.live import Live

from ektp_sched.cli.progress import LATEST, Watching, watching
from ektp_sched.offices import SharingProgress
from ektp_sched.offices.record import OfficeRecord
from ektp_sched.texts.language import speaking

DONE = OfficeRecord(
    office="Bengkulu",
    pupils=4_000,
    recorded=1_000,
    value=1_000,
    bound=1_100,
    blanks=1_200,
    drawn=900,
)
FAILED = OfficeRecord(office="Serang", failure="no file\nnor anything else")
SHARING = SharingProgress(round=4, offices_done=1, offices=2, pupils=1_500, bound=1_600)


def shown(watch: Watching) -> str:
    assert watch.live is not None
    console = Console(file=StringIO(), width=100)
    console.print(watch.live.renderable)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.fixture
def live() -> Watching:
    return Watching(60, 30, Live(console=Console(file=StringIO())))


def test_a_table_of_the_latest_offices_and_all_together(live: Watching) -> None:
    for _ in range(LATEST):
        live.planned(DONE)
    live.planned(FAILED)
    text = shown(live)
    assert text.count("Bengkulu") == LATEST - 1
    assert "no file (and 1 more)" in text
    last = text.splitlines()[-1]
    for part in ("9 of 30 offices", "8,000", "10.0%", "7,200 / 9,600", "left"):
        assert part in last


def test_names_and_reasons_are_no_markup(live: Watching) -> None:
    live.planned(DONE.model_copy(update={"office": "Kota [lama]"}))
    live.planned(FAILED.model_copy(update={"failure": "at [/x]"}))
    text = shown(live)
    assert "Kota [lama]" in text
    assert "at [/x]" in text


def test_the_sharing_before_it(live: Watching) -> None:
    live.sharing(SHARING)
    assert "round 4: 1 of 2 offices; pupils 1,500, at best 1,600" in shown(live)


def test_a_log_has_a_line_for_each_office(capsys: pytest.CaptureFixture[str]) -> None:
    with speaking("id"), watching(60, 2) as watch:
        watch.sharing(SHARING)
        watch.sharing(SHARING)  # too soon for another line
        watch.planned(DONE)
        watch.planned(FAILED)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("membagi, putaran 4: 1 dari 2 Dinas; siswa 1.500, paling baik 1.600")
    assert lines[1:] == [
        "1/2 Bengkulu: 1.000 dari 4.000 siswa, selisih 10,0%",
        "2/2 Serang: no file (dan 1 lagi)",
    ]
