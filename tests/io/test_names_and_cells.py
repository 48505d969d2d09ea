import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ektp_sched.files.csv_files import BYTE_ORDER_MARK, csv_text, harmless
from ektp_sched.files.file_names import file_stems

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=150)
FORMULA = tuple("=+-@＝＋－＠")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("=1+1", "'=1+1"),
        ("+62 736", "'+62 736"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "  '=1+1"),
        ("\t=1+1", "'\t'=1+1"),
        ("\r=1", "'\r'=1"),
        ("＝1+1", "'＝1+1"),
        ('"=1+1', "”'=1+1"),
        ("SMA 1;=1+1", "SMA 1;'=1+1"),
        ("SMA 1, =1+1", "SMA 1, '=1+1"),
        ("<script>alert(1)</script>", "‹script›alert(1)‹/script›"),
        ('" onload="x', "” onload=”x"),
    ],
)
def test_formulas_and_markup_are_only_text(name: str, made: str) -> None:
    assert harmless(name) == made


@pytest.mark.parametrize(
    "name",
    ["SMA NEGERI 7 KOTA BENGKULU", "MAS 'Aisyiyah", "MA AL-QUR`AN", "SD-IT 3 + 4", "高中", "مدرسة"],
)
def test_ordinary_names_stay(name: str) -> None:
    assert harmless(name) == name


@given(TEXT)
def test_no_cell_begins_a_formula_whatever_it_is_split_at(text: str) -> None:
    made = harmless(text)
    assert not set(made) & set('<>"')
    for separator in ",;|\t\r\n":
        for cell in made.split(separator):
            assert not cell.lstrip(" ").startswith(FORMULA)


@given(st.lists(st.lists(TEXT | st.integers(), min_size=3, max_size=3)), st.sampled_from(",;"))
def test_a_table_reads_back_as_its_harmless_self(rows: list[list[str | int]], mark: str) -> None:
    text = csv_text(["a", "b", "c"], rows, separator=mark)
    assert text.startswith(BYTE_ORDER_MARK)
    read = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=mark))
    expected = [[harmless(c) if isinstance(c, str) else str(c) for c in row] for row in rows]
    assert read == [["a", "b", "c"], *expected]


@pytest.mark.parametrize(
    ("name", "id_", "stem"),
    [
        ("SMA NEGERI 7 KOTA BENGKULU", "10702407", "SMA-NEGERI-7-KOTA-BENGKULU_10702407"),
        ("<script>", "1", "script_1"),
        ("../../etc/passwd", "..", "etc-passwd"),
        ("CON", "1", "CON_1"),
        ("=1+1", "a/b:c", "1-1_a-b-c"),
        ("高中", "K1", "高中_K1"),
        ("?", "*", "_"),
    ],
)
def test_file_names_are_readable_and_safe(name: str, id_: str, stem: str) -> None:
    assert file_stems({id_: name}) == {id_: stem}


@given(st.dictionaries(TEXT, TEXT))
def test_file_names_differ_and_fit_everywhere(names: dict[str, str]) -> None:
    stems = file_stems(names)
    assert stems.keys() == names.keys()
    assert len({stem.casefold() for stem in stems.values()}) == len(names)
    assert stems == file_stems(dict(reversed(names.items())))
    for stem in stems.values():
        assert len(stem.encode()) <= 200
        assert stem
        assert not set(stem) & set('/\\:*?"<>|. \0\n')
