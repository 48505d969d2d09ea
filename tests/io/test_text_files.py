import errno
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from ektp_sched.errors import FileError
from ektp_sched.files import make_folder, text_files

FORMER = "the former file\n"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(FORMER, encoding="utf-8")
    return path


def failing_with(error: BaseException) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    return fail


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "a" / "b")
    assert folder.is_dir()
    assert not list(folder.iterdir())
    assert make_folder(folder) == folder


def test_a_folder_that_cannot_be(target: Path) -> None:
    with pytest.raises(FileError, match=r"file exists.*Choose another folder"):
        make_folder(target)
    with pytest.raises(FileError, match=r"not a directory.*Choose a folder"):
        make_folder(target / "out")
    with pytest.raises(FileError, match="null"):
        make_folder("a\0b")


def test_a_folder_that_cannot_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (errno.EACCES, errno.EROFS):
        monkeypatch.setattr(Path, "touch", failing_with(OSError(number, "Denied")))
        with pytest.raises(FileError, match=r"cannot write: denied. Ask for permission"):
            make_folder(tmp_path)


def test_files_that_cannot_be_read(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {
        tmp_path / "no.json": "cannot read: no such file or directory. Check the name",
        tmp_path: "cannot read: is a directory. Give the name of a file inside it",
        target / "x.json": "cannot read: not a directory",
    }
    for place, what in places.items():
        with pytest.raises(FileError, match=what):
            text_files.read_text(place)
    monkeypatch.setattr(Path, "open", failing_with(PermissionError(errno.EACCES, "Denied")))
    with pytest.raises(FileError, match=r"cannot read: denied. Ask for permission"):
        text_files.read_text(target)
    monkeypatch.setattr(Path, "open", failing_with(OSError(errno.EIO, "Broken")))
    with pytest.raises(FileError, match=r"cannot read: broken. Check the disk"):
        text_files.read_text(target)


def test_a_file_beyond_the_limit_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "MAX_BYTES", len(FORMER) - 1)
    with pytest.raises(FileError, match="larger than"):
        text_files.read_text(target)
    monkeypatch.setattr(text_files, "MAX_BYTES", len(FORMER))
    assert text_files.read_text(target) == FORMER
