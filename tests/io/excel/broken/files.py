"""Files that are no workbook, or none that can be read in bounded time and memory."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ektp_sched.files.excel.package import MAX_XML_BYTES
from tests.io.excel.books import a_book, rezipped

PUPILS = "xl/worksheets/sheet5.xml"  # the fifth sheet of the small workbook
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


class File(NamedTuple):
    """How a file is made, its name, and parts of the complaint."""

    name: str
    make: Callable[[Path], object]
    parts: tuple[str, ...]


def _of_bytes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def _of_parts(**parts: bytes) -> Callable[[Path], object]:
    """A package of the named parts; "_" stands for "/", "__" for "."."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name.replace("__", ".").replace("_", "/"), data)

    return make


def _with(part: str, data: bytes | None) -> Callable[[Path], object]:
    return lambda path: rezipped(a_book(path), {part: data})


def _with_sheet(text: str, *, before: str = "") -> Callable[[Path], object]:
    """The sheet of pupils with other XML."""
    return _with(
        PUPILS, f'<?xml version="1.0"?>{before}<worksheet {_MAIN}>{text}</worksheet>'.encode()
    )


def _bomb(path: Path) -> None:
    rezipped(a_book(path), {PUPILS: b" " * (MAX_XML_BYTES + 1)})


def _many_parts(path: Path) -> None:
    rezipped(a_book(path), {f"xl/media/{n}.png": b"" for n in range(5_001)})


def _cut(path: Path) -> None:
    data = a_book(path).read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _rows(count: int, first: int = 2) -> str:
    cells = '<c r="A{0}" t="inlineStr"><is><t>S1</t></is></c>'
    rows = (f'<row r="{n}">{cells.format(n)}</row>' for n in range(first, first + count))
    return f"<sheetData>{''.join(rows)}</sheetData>"


def _headed(text: str) -> str:
    """Rows below the headings that the sheet of pupils needs."""
    names = ("NPSN sekolah", "Kelas", "Jumlah siswa")
    cells = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for letter, name in zip("ABC", names, strict=True)
    )
    return text.replace("<sheetData>", f'<sheetData><row r="1">{cells}</row>')


_ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
_ERROR = '<row r="2"><c r="A2" t="e"><f>B9</f><v>#REF!</v></c></row>'

FILES = [
    File("empty.xlsx", _of_bytes(b""), ("the file is empty", "Copy or export")),
    File("text.xlsx", _of_bytes(b"npsn;nama\n"), ("no Excel workbook", "save it as")),
    File("json.xlsx", _of_bytes(b"{}"), ("no Excel workbook, whatever its name", "save it as")),
    File("utf16.xlsx", _of_bytes("npsn".encode("utf-16")), ("no Excel workbook", "save it as")),
    File("old.xls", _of_bytes(_OLE), ("of the old kind (.xls)", "save it as")),
    File(
        "password.xlsx",
        _of_bytes(_OLE + "EncryptedPackage".encode("utf-16-le")),
        ("protected by a password", "remove the password"),
    ),
    File("macros.xlsm", _with("xl/vbaProject.bin", b"x"), ("holds macros", "save it as")),
    File("hidden_macros.xlsx", _with("xl/vbaProject.bin", b"x"), ("holds macros", "save it as")),
    File("binary.xlsb", _with("xl/workbook.bin", b"x"), ("(.xlsb)", "save it as")),
    File("calc.ods", _of_parts(content__xml=b"<x/>"), ("(.ods)", "save it as")),
    File("letter.xlsx", _of_parts(word_document__xml=b"<x/>"), ("no Excel workbook", "save it")),
    File("cut.xlsx", _cut, ("damaged or cut short", "Copy or save")),
    File("bomb.xlsx", _bomb, ("unpacks to more than 40 MB", "Delete")),
    File("parts.xlsx", _many_parts, ("unpacks to more than", "Delete")),
    File("no_book.xlsx", _with("xl/workbook.xml", None), ("cannot be read", "save it again")),
    File("no_sheet.xlsx", _with(PUPILS, None), ("cannot be read", "save it again")),
    File("no_xml.xlsx", _with(PUPILS, b"<worksheet"), ("cannot be read", "save it again")),
    File("latin1.xlsx", _with(PUPILS, b"<a>caf\xe9</a>"), ("cannot be read", "save it again")),
    File(
        "entities.xlsx",
        _with_sheet("<sheetData/>&b;", before=_ENTITIES),
        ("cannot be read", "save it again"),
    ),
    File(
        "far_row.xlsx",
        _with_sheet(_headed(_rows(1, first=1_048_576))),
        ("Pupils", "too large: it goes on beyond row 1048576", "Delete"),
    ),
    File(
        "far_column.xlsx",
        _with_sheet('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'),
        ("Pupils", "too large: it goes on beyond row 1, column 16384", "Delete"),
    ),
    File(
        "merges.xlsx",
        _with_sheet("<sheetData/>" + '<mergeCell ref="A1:A1048576"/>' * 101),
        ("cannot be read", "save it again"),
    ),
    File(
        "error_value.xlsx",
        _with_sheet(_headed(f"<sheetData>{_ERROR}</sheetData>")),
        ("Pupils!A2", "the formula gives #REF!", "write the value itself"),
    ),
    File(
        "many_rows.xlsx",
        _with_sheet(_headed(_rows(3_000))),
        ("Pupils!B2", "Kelas (Class) is missing", "Fill it in"),
    ),
]
