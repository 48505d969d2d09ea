"""Lists of schools as they circulate."""

import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ektp_sched.domain import Location
from ektp_sched.errors import DecisionError, InputError, ProblemError
from ektp_sched.files import save_problem
from ektp_sched.files.excel.school_list import ListedSchool, SchoolList, read_school_list
from ektp_sched.files.excel.school_table import kind_named
from tests.io.base import full_problem
from tests.io.excel.books import rezipped

CASES = Path(__file__).parents[2] / "cases" / "lists"
HEAD = "npsn;nama;bentuk_pendidikan;kecamatan;lintang;bujur;wajib_ktp\n"
GOOD = "10702407;SMAN 7;SMA;Kec. Gading Cempaka;-3,8378;102,2993;310\n"


def a_list(tmp_path: Path, *lines: str, head: str = HEAD) -> Path:
    path = tmp_path / "sekolah.csv"
    path.write_text(head + GOOD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def read(path: Path, **choices: Any) -> SchoolList:
    return read_school_list(path, **choices)


def doubts(school: ListedSchool) -> list[str]:
    return [doubt.text for doubt in school.doubts]


def a_row(**values: str) -> str:
    usual = {"id": "10702408", "name": "SMAN 8", "kind": "SMA", "district": "Utara"}
    usual |= {"lat": "-3,8", "lon": "102,3", "due": "9"}
    return ";".join((usual | values).values())


def test_a_list_of_schools_is_read(tmp_path: Path) -> None:
    (school,) = read(a_list(tmp_path)).schools
    assert (school.id, school.name, school.kind) == ("10702407", "SMAN 7", "SMA")
    assert (school.district, school.due, school.roll) == ("Gading Cempaka", 310, None)
    assert school.location == Location(lat=-3.8378, lon=102.2993)
    assert school.doubts == ()


# NPSN


def test_ids_that_were_taken_for_numbers_are_mended() -> None:
    first, second = read(CASES / "npsn_float.csv").schools
    assert (first.id, first.doubts, first.roll) == ("20254860", (), 300)
    assert second.id == "01020304"
    assert second.doubts[0].key == "id"
    assert "1020304 has 7 characters, an NPSN has 8" in second.doubts[0].text


@pytest.mark.parametrize(
    ("text", "school", "doubted"),
    [
        ("P9908133", "P9908133", False),
        ("20254860,0", "20254860", False),
        ("254860", "00254860", True),
        ("2548", "2548", True),
        ("202548601", "202548601", True),
    ],
)
def test_an_id_of_another_length_is_doubted(
    tmp_path: Path, text: str, school: str, doubted: bool
) -> None:
    found = read(a_list(tmp_path, a_row(id=text))).schools[1]
    assert (found.id, bool(found.doubts)) == (school, doubted)


def test_an_id_that_was_shortened_is_told_on_its_cell(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match=r"row 3, npsn: .* shortened the number to 2,03E\+07"):
        read(a_list(tmp_path, a_row(id="2,03E+07")))


# Names


def test_a_principal_beside_the_schools_name_is_never_taken() -> None:
    found = read(CASES / "principal_as_name.xlsx")
    assert [school.name for school in found.schools] == ["SMAN 1 CONTOH", "SMKN 2 CONTOH"]
    assert "columns not taken: nama, jenis_kelamin" in found.remarks
    assert "Budi" not in str(found)


@pytest.mark.parametrize("name", ["nama", "name", "nama_sekola"])
def test_a_column_of_names_that_are_no_schools_is_refused_and_not_repeated(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "list.csv"
    rows = "1;Budi Contoh;SMA;Utara\n2;Siti Contoh, S.Pd.;SMK;Utara\n"
    path.write_text(f"npsn;{name};bentuk;kecamatan\n{rows}", encoding="utf-8")
    with pytest.raises(InputError, match="does not look like schools") as caught:
        read(path)
    assert "Contoh" not in str(caught.value)


@pytest.mark.parametrize("case", ["import_schools_ctrl.csv", "import_schools_zwsp.csv"])
def test_signs_that_cannot_be_seen_are_taken_out_and_told(case: str) -> None:
    (school,) = read(CASES / case).schools
    assert school.name == "SMA Negeri 1"
    assert [doubt.key for doubt in school.doubts] == ["name"]


@pytest.mark.parametrize("sign", ["\ufeff", "\xad", "\u200e", "\x7f"])
def test_signs_inside_a_word_leave_no_gap(tmp_path: Path, sign: str) -> None:
    school = read(a_list(tmp_path, a_row(name=f"SMA{sign}N 8"))).schools[1]
    assert school.name == "SMAN 8"


def test_a_name_of_more_than_200_letters_is_told_on_its_cell(tmp_path: Path) -> None:
    assert len(read(a_list(tmp_path, a_row(name="SMA " + "a" * 196))).schools) == 2
    with pytest.raises(ProblemError, match=r"sekolah.csv, row 3, nama: .* has 201 characters"):
        read(a_list(tmp_path, a_row(name="SMA " + "a" * 197)))


# Headings


def test_titles_may_stand_above_the_headings() -> None:
    (school,) = read(CASES / "title_row.csv").schools
    assert (school.id, school.where) == ("10702401", "title_row.csv, row 4, npsn")


def test_headings_almost_known_are_taken_and_told() -> None:
    found = read(CASES / "h_lattitude.csv")
    assert found.schools[0].location == Location(lat=-3.8, lon=102.27)
    assert "the column 'lattitude' was taken as 'lintang'" in found.remarks


def test_a_slip_in_a_heading_that_is_clear_beats_one_that_may_mean_a_person(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    rows = "10702401,Budi Umpama,SMAN 1,SMA,Utara\n"
    path.write_text(f"npsn,nama,nama_sekola,bentuk,kecamatan\n{rows}", encoding="utf-8")
    found = read(path)
    assert found.schools[0].name == "SMAN 1"
    assert "Budi" not in str(found)


def test_headings_that_may_mean_something_else_are_told() -> None:
    found = read(CASES / "h_sekolah.csv")
    (school,) = found.schools
    assert (school.id, school.name, school.kind) == ("10101190", "SMA NEGERI 1 X", "SMA")
    assert school.district == "C"
    assert found.remarks == (
        "the column 'sekolah' was taken as 'nama sekolah'",
        "columns not taken: provinsi, kabupaten, kelurahan, alamat, status",
    )


def test_of_very_many_unknown_columns_the_first_are_named(tmp_path: Path) -> None:
    more = "".join(f";kolom {letter}" for letter in "abcdefghijkl")
    found = read(a_list(tmp_path, head=HEAD.replace("\n", f"{more}\n")))
    assert found.remarks[0].endswith("kolom h and 4 more")


def test_a_heading_with_a_word_more_is_another_one(tmp_path: Path) -> None:
    """Boys due are not the pupils due."""
    found = read(a_list(tmp_path, head=HEAD.replace("wajib_ktp", "wajib_ktp_L")))
    assert found.schools[0].due is None
    assert "columns not taken: wajib_ktp_L" in found.remarks


def test_the_more_telling_of_two_columns_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "jenjang,bentuk_pendidikan,npsn,nama_sekolah,kecamatan\ndikmen,SMK,10702401,SMKN 1,Utara\n",
        encoding="utf-8",
    )
    assert [(s.kind, doubts(s)) for s in read(path).schools] == [
        ("SMK", ["no position is given: look it up"])
    ]


def test_headings_that_come_again_inside_the_list_are_passed_over(tmp_path: Path) -> None:
    assert len(read(a_list(tmp_path, HEAD.strip(), a_row())).schools) == 2


# Files


@pytest.mark.parametrize("case", ["vt.csv", "u2028.csv"])
def test_line_separators_inside_a_cell_end_no_row(case: str) -> None:
    (school,) = read(CASES / case).schools
    assert (school.id, school.kind) == ("10702401", "SMA")


def test_a_vertical_tab_as_excel_writes_it_is_a_blank(tmp_path: Path) -> None:
    book, page = _a_book()
    page.append(["10702401", "SMAN@1", "SMA", "Utara"])
    book.save(tmp_path / "list.xlsx")
    part = "xl/worksheets/sheet1.xml"
    text = _part(tmp_path / "list.xlsx", part)
    path = rezipped(tmp_path / "list.xlsx", {part: text.replace(b"SMAN@1", b"SMAN_x000B_1")})
    assert read(path).schools[0].name == "SMAN 1"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_columns_may_be_separated_by_any_usual_sign(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "list.csv"
    rows = (["Daftar, sekolah; kota"], ["npsn", "nama_sekolah", "bentuk", "kecamatan"])
    text = "\r\n".join(separator.join(row) for row in (*rows, ["1070240a", "SMAN 1", "SMA", "U"]))
    path.write_text(text, encoding="utf-8-sig")
    assert [school.id for school in read(path).schools] == ["1070240a"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_may_be_in_any_encoding_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    text = HEAD + GOOD.replace("SMAN 7", "SMA\xa0Ren\xe9")
    path.write_bytes(text.encode(encoding))
    found = read(path)
    assert found.schools[0].name == "SMA Ren\xe9"
    assert bool(found.remarks) == (encoding == "cp1252")


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes((HEAD + GOOD).encode() + b"\xff\x81\x8d")
    with pytest.raises(InputError, match="line 3 is not UTF-8 text"):
        read(path)


SCHOOL = {
    "id": "9D8F", "npsn": "10702401", "sekolah": "SMAN 1", "bentuk": "SMA", "kecamatan": "Kec. A",
    "lintang": "-3.8000000", "bujur": "102.2700000",
}  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    [
        [SCHOOL],
        {"010100": [SCHOOL]},
        {"0": SCHOOL},
        {key: {"0": value} for key, value in SCHOOL.items()},
        {"columns": list(SCHOOL), "index": [0], "data": [list(SCHOOL.values())]},
        {"status": "success", "data": {"jumlah": 1, "sekolah": [SCHOOL]}},
        [{"kepala": {"nama": "Budi"}, "profil": SCHOOL}],
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {
                        k: v for k, v in SCHOOL.items() if k not in {"lintang", "bujur"}
                    },
                    "geometry": {"type": "Point", "coordinates": [102.27, -3.8]},
                }
            ],
        },
    ],
)
def test_a_list_may_be_json_in_any_wrapping(tmp_path: Path, raw: Any) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    (school,) = read(path).schools
    assert (school.id, school.name, school.kind) == ("10702401", "SMAN 1", "SMA")
    assert (school.district, school.location) == ("A", Location(lat=-3.8, lon=102.27))
    assert school.where == "list.json, entry 1, npsn"


def test_a_list_may_have_an_object_in_each_line(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    lines = [json.dumps(SCHOOL | {"npsn": f"1070240{n}", "bujur": float("nan")}) for n in (1, 2)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = read(path).schools
    assert [school.id for school in found] == ["10702401", "10702402"]
    assert doubts(found[0]) == ["no position is given: look it up"]


def test_a_problem_is_no_list_of_schools(tmp_path: Path) -> None:
    save_problem(tmp_path / "problem.json", full_problem())
    with pytest.raises(InputError, match="this is a problem, not a list of schools"):
        read(tmp_path / "problem.json")


def _a_book() -> tuple[openpyxl.Workbook, Any]:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["NPSN", "Nama Sekolah", "BP", "Kecamatan"])
    return book, page


def _part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def test_a_list_may_be_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["DATA SEKOLAH"])
    page.append(["No", "Nama Sekolah", "NPSN", "BP", "Kecamatan"])
    page.append([1, "SMAN 7", 10702407, "SMA", "Gading Cempaka"])
    book.save(tmp_path / "list.xlsx")
    (school,) = read(tmp_path / "list.xlsx").schools
    assert (school.id, school.name, school.where) == ("10702407", "SMAN 7", "Sheet!C3")


def test_other_sheets_with_lists_are_told(tmp_path: Path) -> None:
    book, page = _a_book()
    page.append(["10702401", "SMAN 1", "SMA", "Utara"])
    other = book.copy_worksheet(page)
    other.title = "Selatan"
    book.save(tmp_path / "list.xlsx")
    assert "only the sheet 'Sheet' was taken, not 'Selatan'" in read(tmp_path / "list.xlsx").remarks


# Hidden rows


def test_rows_hidden_by_a_filter_are_asked_about() -> None:
    with pytest.raises(DecisionError, match="1 row is hidden") as caught:
        read(CASES / "filtered.xlsx")
    assert (caught.value.argument, caught.value.answers) == ("hidden", ("take", "leave"))
    assert len(read(CASES / "filtered.xlsx", hidden="take").schools) == 3
    left = read(CASES / "filtered.xlsx", hidden="leave")
    assert [school.id for school in left.schools] == ["10702401", "10702403"]
    assert "1 hidden row was left out" in left.remarks


def test_hidden_rows_without_a_school_are_no_question(tmp_path: Path) -> None:
    book, page = _a_book()
    page.append(["10702401", "SMAN 1", "SMA", "Utara"])
    page.row_dimensions[1].hidden = page.row_dimensions[9].hidden = True
    book.save(tmp_path / "list.xlsx")
    assert len(read(tmp_path / "list.xlsx").schools) == 1


# Kinds


def test_primary_and_middle_schools_are_left_out_and_counted(tmp_path: Path) -> None:
    others = [a_row(id=f"1000000{n}", kind=kind) for n, kind in enumerate(("SD", "SD", "SMP"))]
    path = a_list(tmp_path, *others, a_row(kind="slb"))
    found = read(path)
    assert [school.kind for school in found.schools] == ["SMA", "SLB"]
    assert found.left_out == {"SD": 2, "SMP": 1}
    assert [school.kind for school in read(path, kinds=["smp"]).schools] == ["SMP"]
    assert len(read(path, kinds=None).schools) == 5


def test_faults_of_schools_that_are_left_out_are_no_faults(tmp_path: Path) -> None:
    assert len(read(a_list(tmp_path, a_row(kind="SD", id="", due="x"))).schools) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("sma", "SMA"), ("SMAN", "SMA"), ("SMKS", "SMK"), ("MAN", "MA"), ("MTs.", "MTs"),
        ("Sekolah Menengah Kejuruan", "SMK"), ("SPK SMA", "SPK SMA"), ("dikmen", None), ("", None),
    ],
)  # fmt: skip
def test_kinds_are_known_by_their_usual_names(text: str, kind: str | None) -> None:
    assert kind_named(text) == kind


@pytest.mark.parametrize(
    ("said", "name", "kind", "doubt"),
    [
        ("dikmen", "UPT SMKN 8", "SMK", "'dikmen' is no kind of school: SMK was taken"),
        ("dikmen", "Mutiara Bangsa", "", "'dikmen' is no kind of school: look it up"),
        ("", "MAN 2", "MA", "no kind is given: MA was taken from the name"),
        ("-", "Mutiara Bangsa", "", "no kind is given: look it up"),
    ],
)
def test_what_is_no_kind_is_taken_from_the_name_or_left_blank_with_a_doubt(
    tmp_path: Path, said: str, name: str, kind: str, doubt: str
) -> None:
    school = read(a_list(tmp_path, a_row(kind=said, name=name))).schools[1]
    assert school.kind == kind
    (told,) = doubts(school)
    assert told.startswith(doubt)


def test_invisible_characters_in_a_kind_do_no_harm(tmp_path: Path) -> None:
    rows = (a_row(kind="\u200bSMK"), a_row(id="10702409", name="Mutiara", kind="S\x0eX"))
    found = read(a_list(tmp_path, *rows), kinds=None)
    assert [school.kind for school in found.schools[1:]] == ["SMK", "S X"]


def test_what_is_no_kind_and_no_senior_level_is_left_out_unless_it_is_asked_for(
    tmp_path: Path,
) -> None:
    path = a_list(tmp_path, a_row(kind="dikdas", name="Mutiara"))
    assert read(path).left_out == {"dikdas": 1}
    for kinds in (["Dikdas"], None):
        school = read(path, kinds=kinds).schools[-1]
        assert (school.kind, doubts(school)) == (
            "dikdas",
            ["'dikdas' is no kind of school: look it up"],
        )


def test_without_a_column_of_kinds_the_names_tell(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = "10702401,SMA Negeri 1,Utara\n10702402,SD Negeri 2,Utara\n"
    path.write_text(f"npsn,nama_sekolah,kecamatan\n{rows}", encoding="utf-8")
    found = read(path)
    assert [school.kind for school in found.schools] == ["SMA"]
    assert "no column tells the kinds of schools; their names do" in found.remarks
    path.write_text("npsn,nama_sekolah,kecamatan\n1,Mutiara,Utara\n", encoding="utf-8")
    assert "no kind is given: look it up" in doubts(read(path).schools[0])


# Districts


def test_one_district_in_several_spellings_is_one() -> None:
    found = read(CASES / "h_kec_upper.csv")
    assert {school.district for school in found.schools} == {"Ratu Agung"}
    joined = "districts that are written in several ways were made one: Ratu Agung"
    assert joined in found.remarks


def test_a_spelling_that_is_known_already_is_kept(tmp_path: Path) -> None:
    path = a_list(tmp_path, a_row(district="KEC. RATU AGUNG"), a_row(district="Kecil"))
    path.write_text(
        path.read_text().replace("10702408;SMAN 8;SMA;Kecil", "1070240x;SMAN 8;SMA;Kecil")
    )
    found = read(path, districts=["Ratu-Agung", "Ratu Agung"])
    assert [school.district for school in found.schools] == [
        "Gading Cempaka",
        "Ratu Agung",
        "Kecil",
    ]


# Pupils


def test_whole_rolls_are_told_apart_from_pupils_due() -> None:
    found = read(CASES / "h_kec_upper.csv")
    assert [school.roll for school in found.schools] == [1234, 300, 300, 300, 300]
    assert {school.due for school in found.schools} == {None}
    assert "the column 'Peserta_Didik_Total' has whole rolls, 2,434 pupils" in found.remarks[0]
    assert "import it with due=True" in found.remarks[0]
    due = read(CASES / "h_kec_upper.csv", due=True)
    assert (due.schools[0].due, due.schools[0].roll) == (1234, None)
    assert not [remark for remark in due.remarks if "roll" in remark]


def test_a_list_may_tell_both(tmp_path: Path) -> None:
    path = a_list(tmp_path, head=HEAD.replace("wajib_ktp", "wajib_ktp;pd"))
    path.write_text(path.read_text(encoding="utf-8").replace(";310", ";310;900"), encoding="utf-8")
    (school,) = read(path, due=True).schools
    assert (school.due, school.roll) == (310, 900)


@pytest.mark.parametrize("heading", ["wajib_ktp", "peserta_didik"])
def test_names_of_pupils_in_the_place_of_their_number_are_not_repeated(
    tmp_path: Path, heading: str
) -> None:
    path = a_list(tmp_path, a_row(due="Siti Contoh"), head=HEAD.replace("wajib_ktp", heading))
    try:
        told = str(read(path))
    except ProblemError as error:
        told = str(error)
    assert "this is text, not a number or a date" in told
    assert "Siti" not in told


def test_a_roll_that_cannot_be_read_is_a_doubt(tmp_path: Path) -> None:
    path = a_list(tmp_path, a_row(due="1.693,5"), head=HEAD.replace("wajib_ktp", "pd"))
    school = read(path).schools[1]
    assert school.roll is None
    assert "its number of pupils cannot be read" in doubts(school)[0]


# Positions


@pytest.mark.parametrize(
    ("lat", "lon", "is_kept", "doubt"),
    [
        ("0", "0", False, "outside Indonesia"),
        ("", "", False, "no position is given"),
        ("No data", "No data", False, "no position is given"),
        ("102,3", "-3,8", True, "were swapped"),
        ("48,1", "11,5", False, "outside Indonesia"),
        ("8,5", "115,2", False, "minus sign missing"),
        ("selatan", "102", False, "cannot be read"),
        ("-6", "106", False, "cut to whole degrees"),
        ("106.0", "-6.0", False, "cut to whole degrees"),
        ("-3", "102,27", True, "cut to whole degrees"),
    ],
)
def test_a_position_that_cannot_be_right_is_flagged(
    tmp_path: Path, lat: str, lon: str, is_kept: bool, doubt: str
) -> None:
    school = read(a_list(tmp_path, a_row(lat=lat, lon=lon))).schools[1]
    assert (school.location is not None) == is_kept
    assert len(school.doubts) == 1
    assert doubt in school.doubts[0].text


def test_positions_cut_to_whole_degrees_are_doubted() -> None:
    schools = read(CASES / "whole_degrees.csv").schools
    assert len(schools) == 7
    for school in schools:
        assert "-1, 116 is cut to whole degrees" in doubts(school)[0]


def test_a_school_far_from_its_district_is_flagged(tmp_path: Path) -> None:
    near = [f"1070240{n};SMA {n};SMA;Gading Cempaka;-3,84;102,30;9" for n in range(3)]
    far = "10702500;SMA Jauh;SMA;Gading Cempaka;-3,2;102,30;9"
    *others, last = read(a_list(tmp_path, *near, far)).schools
    assert all(school.doubts == () for school in others)
    assert "71 km from the middle" in doubts(last)[0]


# What is missing, twice, or wrong


def test_rows_that_say_no_data_are_left_out_where_asked(tmp_path: Path) -> None:
    path = a_list(tmp_path, "No data;No data;No data;No data;;;", a_row(district="-"), a_row(id=""))
    with pytest.raises(ProblemError) as caught:
        read(path)
    assert [(c.where, c.what) for c in caught.value.complaints] == [
        ("sekolah.csv, row 3, npsn", "npsn is missing"),
        ("sekolah.csv, row 4, kecamatan", "kecamatan is missing"),
        ("sekolah.csv, row 5, npsn", "npsn is missing"),
    ]
    assert "skip_incomplete=True" in caught.value.complaints[0].remedy
    found = read(path, skip_incomplete=True)
    assert len(found.schools) == 1
    assert found.remarks == ("3 incomplete rows were left out",)


def test_a_row_that_is_there_twice_is_taken_once_and_told(tmp_path: Path) -> None:
    found = read(a_list(tmp_path, GOOD.strip()))
    assert len(found.schools) == 1
    assert found.remarks == ("1 row is there twice and was taken once",)


def test_every_faulty_row_of_a_list_is_told(tmp_path: Path) -> None:
    rows = (a_row(id="10000001", due="x"), a_row(id="10000002", due="-4"))
    with pytest.raises(ProblemError) as caught:
        read(a_list(tmp_path, *rows))
    assert [complaint.where for complaint in caught.value.complaints] == [
        "sekolah.csv, row 3, wajib_ktp",
        "sekolah.csv, row 4, wajib_ktp",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a;b\n1;2\n", "no sheet of it has a column NPSN"),
        (HEAD + GOOD.replace("Gading Cempaka", ""), "kecamatan is missing"),
        (HEAD + GOOD + GOOD.replace("SMAN 7", "\u200b"), "nama sekolah is missing"),
        ("npsn;nama\n1;SMA\n", r"columns are missing: kecamatan\. Add them"),
        ("npsn;nama;kcmatan\n1;SMA;X\n", r"Is it 'kcmatan'\? Then call it kecamatan"),
        ("nspn;nama;kecamatan\n1;SMA;X\n", r"Is it 'nspn'\? Then call it npsn"),
        (HEAD.replace("bujur", "tanggal lahir"), "about single persons"),
        (HEAD.replace("bujur", "NIK siswa"), "column 6 of it is about single persons"),
        (HEAD + GOOD + GOOD.replace("310", "9"), "NPSN 10702407 stands in"),
        ("", "no sheet of it"),
        ("[1, 2", "the text ends in the middle"),
        ('[{"npsn": 1, "npsn": 2}]', "more than once"),
        ("[]", "no sheet of it"),
    ],
)
def test_a_list_at_fault_is_refused(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=what):
        read(path)
