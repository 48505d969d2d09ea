import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from ektp_sched.errors import FileError
from ektp_sched.io import make_folder, text_files, write_text_atomically

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


def is_untouched(target: Path) -> bool:
    alone = list(target.parent.iterdir()) == [target]
    return alone and target.read_text(encoding="utf-8") == FORMER


def test_text_replaces_the_former_file(target: Path) -> None:
    write_text_atomically(target, "Café\n")
    assert target.read_bytes() == b"Caf\xc3\xa9\n"
    assert list(target.parent.iterdir()) == [target]


def test_new_files_have_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    write_text_atomically(tmp_path / "new", "text")
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode


def test_a_link_stays_a_link(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(target)
    write_text_atomically(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


FAILURES = [
    (OSError(errno.ENOSPC, "No space left on device"), "Make room"),
    (PermissionError(errno.EACCES, "Permission denied"), "Ask for permission"),
    (OSError(errno.EIO, "Input/output error"), "choose another place"),
]


@pytest.mark.parametrize(("error", "remedy"), FAILURES)
@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_a_failed_write_leaves_the_former_file(
    step: str,
    error: OSError,
    remedy: str,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner = os if step == "fsync" else Path
    monkeypatch.setattr(owner, step, failing_with(error))
    with pytest.raises(FileError) as caught:
        write_text_atomically(target, "new")
    monkeypatch.undo()
    message = str(caught.value)
    assert f"cannot write: {str(error.strerror).lower()}. " in message
    assert remedy in message
    assert is_untouched(target)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_interrupted_write_leaves_the_former_file(
    step: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = os if step == "fsync" else Path
    monkeypatch.setattr(owner, step, failing_with(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write_text_atomically(target, "new")
    monkeypatch.undo()
    assert is_untouched(target)


def test_an_interrupt_counts_more_than_a_failed_clean_up(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", failing_with(KeyboardInterrupt()))
    monkeypatch.setattr(Path, "unlink", failing_with(PermissionError()))
    with pytest.raises(KeyboardInterrupt):
        write_text_atomically(target, "new")


def test_places_that_cannot_be_written(tmp_path: Path, target: Path) -> None:
    places: dict[str | Path, str] = {
        tmp_path / "no" / "plan.json": "no such file",
        tmp_path: "no ordinary file",
        target / "plan.json": "not a directory",
        tmp_path / ("x" * 300): "file name too long",
        "a\0b": "null",
    }
    for place, what in places.items():
        with pytest.raises(FileError, match=what):
            write_text_atomically(place, "new")
    assert is_untouched(target)


def test_half_a_character_is_not_written(target: Path) -> None:
    with pytest.raises(FileError, match=r"cannot write: .*surrogates not allowed"):
        write_text_atomically(target, "\ud800")
    assert is_untouched(target)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no devices here")
def test_devices_are_not_replaced() -> None:
    with pytest.raises(FileError, match="no ordinary file"):
        write_text_atomically("/dev/null", "new")


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
    monkeypatch.setattr(Path, "touch", failing_with(PermissionError(errno.EACCES, "Denied")))
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
