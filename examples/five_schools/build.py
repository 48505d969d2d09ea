"""Five schools and two teams, typed into the blank template as a planner would.

Writes problem.xlsx beside this file and plans it. The schools are made up.
"""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

from ektp_sched import check, load_problem, solve, write_template

BOOK = Path(__file__).with_name("problem.xlsx")

OFFICE: dict[str, Any] = {
    "Nama rencana": "Contoh: lima sekolah, Agustus 2026",
    "Tanggal mulai": dt.date(2026, 8, 3),
    "Tanggal akhir": dt.date(2026, 8, 21),
    "Stok awal blangko": 900,
    "Cadangan blangko": 50,
    "Loket per hari": 25,
}
ROWS: dict[str, list[tuple[Any, ...]]] = {
    "Kantor asal": [("kantor", "Dinas Dukcapil", "-3,80", "102,27")],
    "Sekolah": [
        ("90000001", "SMA Contoh 1", "SMA", "Utara", "-3,78", "102,26"),
        ("90000002", "SMA Contoh 2", "SMA", "Utara", "-3,77", "102,27"),
        ("90000003", "SMK Contoh 3", "SMK", "Selatan", "-3,83", "102,29"),
        ("90000004", "MA Contoh 4", "MA", "Selatan", "-3,84", "102,31"),
        ("90000005", "SLB Contoh 5", "SLB", "Selatan", "-3,82", "102,30"),
    ],
    "Siswa": [
        ("90000001", "XII", 140),
        ("90000001", "XI, lahir Februari", 12, "Februari 2010"),
        ("90000002", "XII", 85),
        ("90000003", "XII", 160),
        ("90000004", "XII", 45),
        ("90000005", "semua", 6),
    ],
    "Jam sekolah": [
        ("semua", "Senin-Kamis", "07.30", "12.00", "100%"),
        ("semua", "Jumat", "07.30", "11.00", "100%"),
        ("90000001; 90000003", "Senin-Kamis", "12.00", "15.00", "0%"),
    ],
    "Sekolah tutup": [("90000004", "10/08/2026", "14 Agustus 2026", "ujian")],
    "Tim": [("tim-1", "Tim 1", "kantor", 2, 240), ("tim-2", "Tim 2", "kantor", 2, 240)],
    "Jam kerja tim": [
        ("tim-1", "Senin-Kamis", "07.30", "15.30"),
        ("tim-2", "Selasa, Kamis", "07.30", "15.30"),
        ("tim-2", "Jumat", "07.30", "11.30"),
    ],
    "Istirahat": [("semua", "Senin-Kamis", 60, "11.30", "13.30")],
    "Pengiriman blangko": [("18 Agustus 2026", 500, "tidak")],
}


def fill() -> None:
    """Write the blank template, then type into it."""
    with TemporaryDirectory() as folder:
        blank = Path(folder) / BOOK.name
        write_template(blank, "id", years=(2026,))
        book = openpyxl.load_workbook(blank)
    for name, value, _ in book["Kantor"].iter_rows(min_row=2):
        if name.value in OFFICE:
            value.value = OFFICE[str(name.value)]
    for title, rows in ROWS.items():
        page = book[title]
        for line, row in enumerate(rows, start=3):  # row 2 is the example
            for number, typed in enumerate(row, start=1):
                page.cell(line, number).value = typed
    book.save(BOOK)


if __name__ == "__main__":
    fill()
    problem = load_problem(BOOK)
    result = solve(problem, time_limit=10)
    assert result.plan is not None
    assert check(problem, result.plan).ok
    print(sum(visit.recorded for visit in result.plan.visits), "pupils recorded")
