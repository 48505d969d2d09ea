"""What a file is before anything is unpacked: a workbook of bounded size, or something else."""

import zipfile
from pathlib import Path

from ektp_sched.errors import Complaint, FileError
from ektp_sched.files.text_files import reason_of
from ektp_sched.texts.language import N_, _

MAX_FILE_BYTES = 50_000_000
MAX_XML_BYTES = 40_000_000
MAX_PARTS = 5_000

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods"})
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = N_('Open it in Excel and save it as "Excel Workbook (.xlsx)".')
_CHECK = N_("Check that it is the file you mean.")


def looks_like_workbook(path: Path) -> bool:
    """Whether a file's name, or else its first bytes, are those of a spreadsheet."""
    suffix = path.suffix.casefold()
    if suffix in WORKBOOK_SUFFIXES or suffix == ".json":
        return suffix != ".json"
    try:
        with path.open("rb") as file:
            return file.read(len(_OLE)).startswith((_ZIP, _OLE))
    except (OSError, ValueError):
        return False  # the reader of text says why


def require_workbook(path: Path) -> None:
    """Make sure that a file is an .xlsx workbook that can be read in bounded time and memory.

    Raises
    ------
    FileError
        It is missing, unreadable, of another kind, protected, with macros, damaged or too large.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(len(_OLE))
    except (OSError, ValueError) as error:
        raise refusal(
            path,
            _("cannot read: {reason}", reason=reason_of(error)),
            _("Check the name and the folder."),
        ) from error
    if size > MAX_FILE_BYTES:
        raise refusal(
            path,
            _("the file is larger than {most} MB", most=MAX_FILE_BYTES // 1_000_000),
            _(_CHECK),
        )
    if not start:
        raise refusal(path, _("the file is empty"), _("Copy or export the whole file again."))
    if start == _OLE:
        raise _old_or_protected(path)
    if not start.startswith(_ZIP):
        raise refusal(path, _("this is no Excel workbook, whatever its name"), _(_SAVE_AS))
    _require_parts(path)


def refusal(path: Path, what: str, remedy: str) -> FileError:
    """The error for a file as a whole."""
    return FileError([Complaint("", what, remedy)], source=str(path))


def _old_or_protected(path: Path) -> FileError:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return refusal(
            path,
            _("the workbook is protected by a password"),
            _("Open it in Excel, remove the password under File, Info, and save it again."),
        )
    return refusal(path, _("this is a workbook of the old kind (.xls)"), _(_SAVE_AS))


def _require_parts(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        what = _("the workbook is damaged or cut short")
        raise refusal(path, what, _("Copy or save the whole file again.")) from error
    names = {part.filename for part in parts}
    if any(name.endswith("vbaProject.bin") for name in names):
        what = _("the workbook holds macros, which are never run here")
        raise refusal(path, what, _(_SAVE_AS))
    if "xl/workbook.bin" in names:
        raise refusal(path, _("this is a binary workbook (.xlsb)"), _(_SAVE_AS))
    if "content.xml" in names:
        raise refusal(path, _("this is an OpenDocument file (.ods)"), _(_SAVE_AS))
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise refusal(path, _("this is a package of files, but no Excel workbook"), _(_SAVE_AS))
    if any(part.flag_bits & 1 for part in parts):
        raise refusal(path, _("parts of the file are encrypted"), _("Save it without a password."))
    unpacked = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if unpacked > MAX_XML_BYTES or len(parts) > MAX_PARTS:
        what = _("the workbook unpacks to more than {most} MB", most=MAX_XML_BYTES // 1_000_000)
        raise refusal(path, what, _("Delete what is no part of the plan, or check the file."))
