import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Docx

from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import FileError, RequestError
from ektp_sched.report.letters import (
    LetterWriter,
    assignments,
    notices,
    template_files,
    template_name,
)
from ektp_sched.texts.language import Language
from tests.builders import (
    FRIDAY,
    TUESDAY,
    a_base,
    a_cohort,
    a_plan,
    a_problem,
    a_school,
    a_team,
    a_visit,
)

CLASSES = (a_cohort("XII IPA 1", 60), a_cohort("XI", 1_400))
PROBLEM = a_problem(
    bases=(a_base(name="Dinas Dukcapil Kota Contoh"),),
    schools=(
        a_school("S1", name="SMA NEGERI 1", cohorts=CLASSES),
        a_school("S2", name="SLB Harapan", cohorts=9, needs={"wheelchair", "braille"}),
        a_school("S3"),
    ),
    teams=(a_team("A", kits=3), a_team("B"), a_team("C")),
)
PLAN = a_plan(
    a_visit("S1", date=TUESDAY, students={"XI": 1_200, "XII IPA 1": 30}, status="confirmed"),
    a_visit("S2", start="11:00", end="12:30", students=9),
    a_visit("S1", students={"XII IPA 1": 30}),
    a_visit("S1", "B", FRIDAY, students={"XI": 90}, status="contingent"),
    a_visit("S3", "C", date="2024-08-01", status="done"),
)
LANGUAGES: tuple[Language, ...] = ("id", "en")


def lines(data: bytes) -> list[str]:
    """The text of a letter, line by line, its tables row by row."""
    return list(_lines(Document(io.BytesIO(data))))


def _lines(document: Docx) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield " | ".join(cell.text for cell in row.cells)
        else:
            yield block.text


@cache
def written(language: Language) -> dict[str, bytes]:
    """All letters of PLAN."""
    schools = notices(PROBLEM, PLAN, language=language)
    return schools | assignments(PROBLEM, PLAN, language=language)


def words(data: bytes) -> str:
    return "\n".join(lines(data))


def own_template(folder: Path, *paragraphs: str, kind: str = "surat-pemberitahuan.docx") -> Path:
    """A folder with a template of an office: these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(folder / kind))
    return folder


def filled(folder: Path, problem: Problem = PROBLEM, plan: Plan = PLAN) -> str:
    return words(
        notices(problem, plan, language="id", schools=["S1"], templates=folder).popitem()[1]
    )


def test_the_same_letter_is_the_same_file_whenever_it_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("zipfile.time.time", lambda: 2_000_000_000.0)
    assert notices(PROBLEM, PLAN, language="id").items() <= written("id").items()


def test_each_school_and_team_with_a_visit_to_come_has_a_letter() -> None:
    assert list(written("id")) == [
        "surat-pemberitahuan_SMA-NEGERI-1_S1.docx",
        "surat-pemberitahuan_SLB-Harapan_S2.docx",
        "surat-tugas_Team-A_A.docx",
        "surat-tugas_Team-B_B.docx",
    ]
    assert list(written("en")) == [
        "notice_SMA-NEGERI-1_S1.docx",
        "notice_SLB-Harapan_S2.docx",
        "assignment_Team-A_A.docx",
        "assignment_Team-B_B.docx",
    ]


def test_a_notice_in_indonesian() -> None:
    letter = words(written("id")["surat-pemberitahuan_SMA-NEGERI-1_S1.docx"])
    for part in (
        "Nomor | : | [nomor surat]",
        "Yth. Kepala SMA NEGERI 1",
        "tim Dinas Dukcapil Kota Contoh akan berkunjung ke SMA NEGERI 1 (NPSN S1)",
        "No. | Hari, tanggal | Pukul (WIB) | Tim | Siswa per kelas | Jumlah siswa | Keterangan",
        "1 | Senin, 5 Agustus 2024 | 08.00–10.00\nperekaman\n08.30–09.45 | Team A "
        "| XII IPA 1:\N{NO-BREAK SPACE}30 | 30 | diusulkan",
        "XII IPA 1:\N{NO-BREAK SPACE}30\nXI:\N{NO-BREAK SPACE}1.200 | 1.230 | disetujui",
        "3 | Jumat, 9 Agustus 2024",
        "| 90 | bersyarat",
        "Jumlah seluruhnya 1.350 siswa.",
        "mohon Bapak/Ibu berkenan memberikan konfirmasi",
        "hanya apabila blangko KTP-el telah kami terima",
        "untuk 3 alat perekaman",
        "membawa fotokopi Kartu Keluarga (KK);",
        "[nama pejabat]",
    ):
        assert part in letter
    assert "{" not in letter


def test_an_assignment_in_indonesian() -> None:
    letter = words(written("id")["surat-tugas_Team-A_A.docx"])
    for part in (
        "SURAT TUGAS",
        "Team A, dengan anggota:",
        "bagi 1.269 siswa di 2 sekolah, pada tanggal 5 Agustus 2024 sampai dengan 6 Agustus 2024,",
        "1 | Senin, 5 Agustus 2024 | 07.50 | 08.00–\n10.00 | SMA NEGERI 1\nKecamatan Ratu Agung",
        "2 | Senin, 5 Agustus 2024 | 10.50 | 11.00–\n12.30 | SLB Harapan",
        "| 9 | 12.40 | diusulkan",
        "kebutuhan khusus: braille, wheelchair",
        "3 set alat perekaman lengkap",
    ):
        assert part in letter
    assert "{" not in letter


def test_the_letters_in_english() -> None:
    notice = words(written("en")["notice_SMA-NEGERI-1_S1.docx"])
    assert "Tuesday, 6 August 2024 | 08:00–10:00\nrecording\n08:30–09:45" in notice
    assert "1,230 | confirmed" in notice
    letter = words(written("en")["assignment_Team-B_B.docx"])
    assert "on 9 August 2024, at these times:" in letter
    assert "special needs" not in letter
    assert "{" not in notice + letter


def test_what_is_agreed_needs_no_confirmation() -> None:
    plan = a_plan(a_visit(students={"XI": 40}, status="confirmed"))
    letter = words(notices(PROBLEM, plan, language="id").popitem()[1])
    assert "konfirmasi" not in letter
    assert "blangko" not in letter


def test_the_time_zone_has_its_own_name() -> None:
    for zone, name in {"Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}.items():
        problem = a_problem(time_zone=zone)
        letter = words(notices(problem, a_plan(a_visit()), language="id").popitem()[1])
        assert f"Pukul ({name})" in letter


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("<script>alert(1)</script>", "id"),
        ("=1+1", "en"),
        ("{{ office }} {% if %}", "id"),
        ("高中 مدرسة & 'x\"", "en"),
        ("W" * 200, "id"),
    ],
)
def test_names_are_only_text(name: str, language: Language) -> None:
    school = a_school(name=name, district=name, cohorts=(a_cohort(name, 50),))
    problem = a_problem(schools=(school,), teams=(a_team(name=name),))
    plan = a_plan(a_visit(students={name: 40}))
    (notice,) = notices(problem, plan, language=language).values()
    (letter,) = assignments(problem, plan, language=language).values()
    assert words(notice).count(name) >= 4
    assert words(letter).count(name) >= 4


def test_times_of_a_plan_that_breaks_rules_stay_in_the_day() -> None:
    early = a_visit(start="00:05", end="23:55")
    letter = words(assignments(a_problem(), a_plan(early), language="id").popitem()[1])
    assert "| 00.00 | 00.05–\n23.55 |" in letter
    assert "| 23.59 |" in letter


def test_letters_are_asked_for_by_ids_that_are_there() -> None:
    with pytest.raises(RequestError, match="'S9' is not in the problem"):
        notices(PROBLEM, PLAN, language="id", schools=["S9"])
    with pytest.raises(RequestError, match="SMA 3 has no visit to come"):
        notices(PROBLEM, PLAN, language="id", schools=["S3"])
    with pytest.raises(RequestError, match="Team C has no visit to come"):
        assignments(PROBLEM, PLAN, language="id", teams=["C"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_built_in_templates_make_the_built_in_letters(
    language: Language, tmp_path: Path
) -> None:
    for name, data in template_files(language).items():
        (tmp_path / name).write_bytes(data)
    own = notices(PROBLEM, PLAN, language=language, schools=["S1"], templates=tmp_path)
    own |= assignments(PROBLEM, PLAN, language=language, teams=["A"], templates=tmp_path)
    for name, data in own.items():
        assert words(data) == words(written(language)[name])


def test_an_office_uses_its_own_template(tmp_path: Path) -> None:
    folder = own_template(
        tmp_path,
        "Kepada {{ school }}, {{ kind }}, {{ district }}: {{ period }}",
        "{%p for visit in visits %}",
        "{{ visit.date }}: {% for class in visit.classes %}{{ class.name }}={{ class.pupils }} "
        "{% endfor %}",
        "{%p endfor %}",
    )
    text = filled(folder)
    assert "Kepada SMA NEGERI 1, SMA, Ratu Agung: pada tanggal 5 Agustus 2024 sampai" in text
    assert "Selasa, 6 Agustus 2024: XII IPA 1=30 XI=1.200" in text
    other = words(assignments(PROBLEM, PLAN, language="id", templates=folder).popitem()[1])
    assert "SURAT TUGAS" in other


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{{ shcool }}", "the placeholder 'shcool' is not known. Use one of: contingent, district"),
        ("{% if false %}{{ nomor }}{% endif %}", "the placeholder 'nomor' is not known"),
        (
            "{% for visit in visits %}{{ visit.tiem }}{% endfor %}",
            "the placeholder 'tiem' is not known. Use one of: contingent",
        ),
        ("{{ school.name.first }}", "the placeholder 'name' is not known"),
        ("{{ school", "the placeholders cannot be read"),
        ("{{ school | shout }}", "the placeholders cannot be read"),
        ("{% for visit in visits %}", "the placeholders cannot be read"),
        ("{{ ''.__class__.__mro__ }}", "the placeholder '__class__' is not known|cannot be read"),
        ("{{ school + 1 }}", "the placeholders cannot be read"),
    ],
)
def test_a_fault_in_a_template_is_said(text: str, complaint: str, tmp_path: Path) -> None:
    folder = own_template(tmp_path, text)
    with pytest.raises(FileError, match=complaint) as caught:
        filled(folder)
    assert caught.value.source == str(tmp_path / "surat-pemberitahuan.docx")


@pytest.mark.parametrize("data", [b"", b"no document", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_docx_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / template_name("notice", "id")).write_bytes(data)
    with pytest.raises(FileError, match="this is no DOCX file"):
        filled(tmp_path)


def test_a_folder_without_templates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"neither notice\.docx nor assignment\.docx"):
        notices(PROBLEM, PLAN, language="en", templates=tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_have_neutral_places_for_what_the_office_fills_in(language: Language) -> None:
    for data in template_files(language).values():
        found = re.findall(r"\[[^\]]+\]", words(data))
        assert len(found) >= 8
        assert words(data).count("NIP [NIP]") >= 1


def test_the_guide_lists_every_placeholder() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "guides" / "letters.md").read_text("utf-8")
    writer = LetterWriter(PROBLEM, PLAN, "id")
    notice, assignment = writer.notice(PROBLEM.schools[0]), writer.assignment(PROBLEM.teams[0])
    assert notice is not None
    assert assignment is not None
    names = set(notice) | set(assignment) | {f"visit.{name}" for name in notice["visits"][0]}
    listed = re.findall(r"`(?:\{\{ )?([a-z_.]+)(?: \}\})?`", guide)
    assert names <= set(listed)
    assert {name for name in listed if name.startswith("visit.")} <= names
