"""Files that are written together, and never over what a person made."""

import errno
import json
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from ektp_sched.errors import FileError, RequestError
from ektp_sched.files import load_plan, save_plan, save_plan_and_result, write_files
from ektp_sched.files.outputs import BACKUP, HIDDEN, RECORD, Outputs, write_file
from ektp_sched.writer import writing_as
from tests.builders import MONDAY, TUESDAY, a_plan, a_problem, a_visit
from tests.cli.fakes import a_result, no_result

FORMER = "the former file\n"
MINE = "what a person wrote\n"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file that this package wrote."""
    path = tmp_path / "plan.txt"
    write_file(path, FORMER)
    return path


def failing_with(error: BaseException) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    return fail


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def visible(folder: Path) -> list[Path]:
    """All files below a folder that are not hidden."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if HIDDEN not in path.parts)


def copies(folder: Path) -> list[str]:
    """What is in the dated copies."""
    return [text_of(path) for path in visible(folder / BACKUP)]


# One file ------------------------------------------------------------------------------------


def test_a_file_that_was_written_and_not_changed_is_replaced(target: Path) -> None:
    assert write_file(target, "Café\n") is None
    assert target.read_bytes() == b"Caf\xc3\xa9\n"
    assert visible(target.parent) == [target]


def test_a_file_that_a_person_changed_stays(target: Path) -> None:
    target.write_text(MINE, encoding="utf-8")
    told = r"plan.txt: a file is here already, changed .* after ektp-sched wrote it. Choose"
    with pytest.raises(FileError, match=told):
        write_file(target, "new")
    assert text_of(target) == MINE


def test_a_file_that_a_person_made_stays(tmp_path: Path) -> None:
    (tmp_path / "kota.xlsx").write_text(MINE, encoding="utf-8")
    told = r"kota.xlsx: a workbook is here already, not written by ektp-sched, last .*replace=True"
    with pytest.raises(FileError, match=told):
        write_file(tmp_path / "kota.xlsx", "new")
    assert text_of(tmp_path / "kota.xlsx") == MINE


def test_what_another_verb_wrote_stays(target: Path) -> None:
    told = r"a file is here already, written .* by Python.*add --replace"
    with writing_as("plan"), pytest.raises(FileError, match=told):
        write_file(target, "new")
    assert text_of(target) == FORMER


def test_what_is_to_be_replaced_is_kept_with_its_date(target: Path) -> None:
    for number in range(3):
        mine = f"{MINE}{number}"
        target.write_text(mine, encoding="utf-8")
        copy = write_file(target, f"new {number}", replace=True)
        assert copy is not None
        assert text_of(copy) == mine
    assert len(visible(target.parent / BACKUP)) == 3


def test_what_a_person_wrote_alike_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(MINE, encoding="utf-8")
    before = (tmp_path / "a").stat().st_mtime_ns
    assert write_file(tmp_path / "a", MINE) is None
    assert (tmp_path / "a").stat().st_mtime_ns == before
    with pytest.raises(FileError):
        write_file(tmp_path / "a", "new")


def test_a_file_that_was_taken_away_or_renamed_is_written_anew(target: Path) -> None:
    renamed = target.with_name("mine.txt")
    target.rename(renamed)
    write_file(target, "new")
    assert (text_of(target), text_of(renamed)) == ("new", FORMER)
    with pytest.raises(FileError, match="not written by ektp-sched"):
        write_file(renamed, "new")


def test_new_files_have_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    write_file(tmp_path / "new", "text")
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode


def test_a_link_stays_a_link(target: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "link.txt"
    link.symlink_to(target)
    write_file(link, "new")
    assert link.is_symlink()
    assert text_of(target) == "new"


FAILURES = [
    (OSError(errno.ENOSPC, "No space left on device"), "Make room"),
    (PermissionError(errno.EACCES, "Permission denied"), "Ask for permission"),
    (OSError(errno.EIO, "Input/output error"), "choose another place"),
]


@pytest.mark.parametrize(("error", "remedy"), FAILURES)
@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_a_failed_write_leaves_the_former_file(
    step: str, error: OSError, remedy: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = os if step == "fsync" else Path
    monkeypatch.setattr(owner, step, failing_with(error))
    with pytest.raises(FileError) as caught:
        write_file(target, "new")
    monkeypatch.undo()
    assert f"cannot write: {str(error.strerror).lower()}. " in str(caught.value)
    assert remedy in str(caught.value)
    assert text_of(target) == FORMER
    write_file(target, "newer")
    assert text_of(target) == "newer"
    assert not list(target.parent.rglob("*.part"))


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_interrupted_write_leaves_the_former_file(
    step: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = os if step == "fsync" else Path
    monkeypatch.setattr(owner, step, failing_with(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write_file(target, "new")
    monkeypatch.undo()
    assert text_of(target) == FORMER


def test_places_that_cannot_be_written(tmp_path: Path, target: Path) -> None:
    places: dict[str | Path, str] = {
        tmp_path / "no" / "plan.txt": "no such file",
        tmp_path: "no ordinary file",
        target / "plan.txt": "not a directory",
        tmp_path / ("x" * 300): "file name too long",
        "a\0b": "null",
    }
    for place, what in places.items():
        with pytest.raises(FileError, match=what):
            write_file(place, "new")
    assert text_of(target) == FORMER


def test_half_a_character_is_not_written(target: Path) -> None:
    with pytest.raises(FileError, match=r"cannot write: .*surrogates not allowed"):
        write_file(target, "\ud800")
    assert text_of(target) == FORMER


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no devices here")
def test_devices_are_not_replaced() -> None:
    with pytest.raises(FileError, match="no ordinary file"):
        write_file("/dev/null", "new", replace=True)


def test_odd_names_are_names_like_others(tmp_path: Path) -> None:
    for name in ("kota: minggu 2.txt", "a\\b", "日本", " ", "-", "x" * 255, ".hidden", "caf\u00e9"):
        assert write_file(tmp_path / name, "1") is None
        write_file(tmp_path / name, "2")
        (tmp_path / name).write_text(MINE, encoding="utf-8")
        with pytest.raises(FileError, match="is here already, changed"):
            write_file(tmp_path / name, "3")
        assert text_of(tmp_path / name) == MINE


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9")
    with pytest.raises(FileError, match=r"cannot write: .* Correct the name"):
        write_file(path, "1")
    assert not path.exists()
    write_file(tmp_path / "a", "1")


# The record ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"form": 0}', b'{"files": 3}', b"[" * 100_000],
)
def test_a_damaged_record_knows_of_no_file_and_is_written_anew(damage: bytes, target: Path) -> None:
    record = target.parent / HIDDEN / RECORD
    record.write_bytes(damage)
    with pytest.raises(FileError, match="not written by ektp-sched"):
        write_file(target, "new")
    write_file(target, "new", replace=True)
    assert copies(target.parent) == [FORMER]
    write_file(target, "newer")
    assert text_of(target) == "newer"


def test_a_record_that_is_gone_protects_all(target: Path) -> None:
    (target.parent / HIDDEN / RECORD).unlink()
    with pytest.raises(FileError, match="not written by ektp-sched"):
        write_file(target, "new")


def test_a_record_of_a_newer_version_is_not_written_over(target: Path) -> None:
    record = target.parent / HIDDEN / RECORD
    record.write_text(json.dumps({"form": 2, "more": True}), encoding="utf-8")
    with pytest.raises(FileError, match=r"a newer version .* Update ektp-sched"):
        write_file(target, "new", replace=True)
    assert text_of(target) == FORMER
    assert "more" in record.read_text(encoding="utf-8")


def test_a_record_leads_to_no_other_folder(tmp_path: Path) -> None:
    """What comes with a folder from somewhere else may be made to do harm."""
    outside, folder = tmp_path / "outside.txt", tmp_path / "out"
    outside.write_text(MINE, encoding="utf-8")
    write_files(folder, {"a": b"1"})
    record = folder / HIDDEN / RECORD
    file = json.loads(text_of(record))["files"]["a"]
    for number, name in enumerate(("../outside.txt", str(outside), ".", "..")):
        (folder / HIDDEN / "00.part").write_text("evil", encoding="utf-8")
        pending = {name: {"was": None, "part": "00.part", "file": file}}
        record.write_text(json.dumps({"form": 1, "pending": pending}), encoding="utf-8")
        write_files(folder, {f"b{number}": b"1"})
        assert visible(tmp_path) == [
            folder / "a",
            *(folder / f"b{n}" for n in range(number + 1)),
            outside,
        ]
        assert text_of(outside) == MINE


def test_a_file_in_the_place_of_the_hidden_folder(tmp_path: Path) -> None:
    (tmp_path / HIDDEN).write_text(MINE, encoding="utf-8")
    with pytest.raises(FileError, match="cannot write"):
        Outputs([tmp_path / "a"]).check()
    assert text_of(tmp_path / HIDDEN) == MINE


def test_two_at_once_never_mix_their_files(tmp_path: Path) -> None:
    names = ("problem.txt", "plan.txt", "result.txt")
    refused = []

    def write(who: int) -> None:
        for number in range(10):
            try:
                write_files(tmp_path, {name: f"{who} {number}".encode() for name in names})
            except FileError as error:
                refused.append(error)

    threads = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not refused
    assert len({text_of(tmp_path / name) for name in names}) == 1


# Several files -------------------------------------------------------------------------------


def test_of_several_files_none_is_written_where_one_is_a_persons(tmp_path: Path) -> None:
    write_files(tmp_path, {"a": b"1", "b/c": b"1", "d": b"1"})
    (tmp_path / "b" / "c").write_text(MINE, encoding="utf-8")
    with pytest.raises(FileError) as caught:
        write_files(tmp_path, {"a": b"2", "b/c": b"2", "d": b"2"})
    assert [one.where for one in caught.value.complaints] == [str(tmp_path / "b" / "c")]
    assert [text_of(tmp_path / name) for name in ("a", "b/c", "d")] == ["1", MINE, "1"]


def test_what_is_filled_in_by_hand_is_left_where_there_is_nothing_newer(tmp_path: Path) -> None:
    write_files(tmp_path, {"a": b"1", "b": b"1"})
    (tmp_path / "a").write_text(MINE, encoding="utf-8")
    receipt = write_files(tmp_path, {"a": b"1", "b": b"2"})
    assert receipt.left == (tmp_path / "a",)
    assert [text_of(tmp_path / name) for name in ("a", "b")] == [MINE, "2"]
    with pytest.raises(FileError, match="is here already, changed"):
        write_files(tmp_path, {"a": b"2", "b": b"2"})
    write_files(tmp_path, {"a": b"1", "b": b"2"}, replace=True)
    assert text_of(tmp_path / "a") == "1"
    assert copies(tmp_path) == [MINE]


def test_what_came_during_the_work_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    (tmp_path / "home").mkdir()
    place = tmp_path / "out" / "plan.txt"
    ours, others = (Outputs([place], new_folders=True).check() for _ in range(2))
    others.write({place: b"theirs"})
    with pytest.raises(
        FileError, match=r"was written here meanwhile.*new files are in .*home.ektp-sched"
    ):
        ours.write({place: b"ours"}, rescue=True)
    assert text_of(place) == "theirs"
    (kept,) = (tmp_path / "home").rglob("plan.txt")
    assert text_of(kept) == "ours"


def test_documents_that_differ_are_kept_with_what_belongs_to_them(tmp_path: Path) -> None:
    plan, result = tmp_path / "plan.txt", tmp_path / "result.txt"
    outputs = Outputs([plan, result])
    outputs.write({plan: b"1", result: b"1"}, documents=[plan])
    outputs.write({plan: b"1", result: b"2"}, documents=[plan])
    assert copies(tmp_path) == []
    outputs.write({plan: b"2", result: b"3"}, documents=[plan])
    assert copies(tmp_path) == ["1", "2"]


def test_a_file_that_shall_not_be_there_goes_if_nobody_changed_it(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    outputs = Outputs([a, b])
    outputs.write({a: b"1", b: b"1"})
    outputs.write({a: b"2", b: None})
    assert visible(tmp_path) == [a]
    b.write_text(MINE, encoding="utf-8")
    with pytest.raises(FileError, match="not written by ektp-sched"):
        outputs.write({a: b"3", b: None})
    assert (text_of(a), text_of(b)) == ("2", MINE)


def test_a_full_disk_sends_the_files_to_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    outputs = Outputs([out / "plan.txt", out / "result.txt"], new_folders=True).check()
    really = Path.open

    def full(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        if "x" in mode and out in path.parents:
            raise OSError(errno.ENOSPC, "No space left on device")
        return really(path, mode, *more, **named)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(FileError) as caught:
        outputs.write({out / "plan.txt": b"1", out / "result.txt": b"2"}, rescue=True)
    (place,) = home.iterdir()
    assert f"no space left on device. The new files are in {place} instead" in str(caught.value)
    assert [text_of(place / name) for name in ("plan.txt", "result.txt")] == ["1", "2"]
    assert not list(out.rglob("*.part"))


def test_where_no_home_is_the_folder_for_temporary_files_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", failing_with(RuntimeError()))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    place = tmp_path / "out" / "plan.txt"
    ours = Outputs([place], new_folders=True).check()
    write_file(place, "theirs")
    with pytest.raises(FileError, match="The new files are in"):
        ours.write({place: b"ours"}, rescue=True)
    (kept,) = tmp_path.glob("ektp-sched_*/plan.txt")
    assert text_of(kept) == "ours"


# A kill at any moment ------------------------------------------------------------------------

KILLED = """
    import json, os, signal, sys
    from pathlib import Path
    from ektp_sched.files.outputs import Outputs

    folder, number = Path(sys.argv[1]), int(sys.argv[2])
    files = [folder / name for name in ("plan.txt", "result.txt", "diff.txt")]
    outputs = Outputs(files, replace=True).check()
    steps = 0

    def killing(event, arguments):
        global steps
        mode = arguments[1] if event == "open" else ""
        changing = {"os.rename", "os.remove", "os.mkdir", "shutil.copyfile"}
        if set("xwa+") & set(mode or "") or event in changing:
            steps += 1
            if steps == number:
                os.kill(os.getpid(), signal.SIGKILL)

    for number in range(1, 100):  # each step in a process of its own
        pid = os.fork()
        if not pid:
            sys.addaudithook(killing)
            outputs.write({file: b"new" for file in files}, documents=files)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        seen = [file.read_text() if file.exists() else "-" for file in files]
        copy = Path(f"{folder}.{number}")
        print(json.dumps(seen), flush=True)
        if not os.WIFSIGNALED(status):
            break
        os.system(f"cp -a '{folder}' '{copy}'; rm -rf '{folder}'; cp -a '{folder}.0' '{folder}'")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_a_kill_between_any_two_steps_leaves_no_new_file_beside_an_old_one(tmp_path: Path) -> None:
    folder, before = tmp_path / "out", tmp_path / "out.0"
    names = ("plan.txt", "result.txt", "diff.txt")
    write_files(folder, dict.fromkeys(names, b"old"))
    (folder / names[1]).write_text(MINE, encoding="utf-8")
    subprocess.run(["cp", "-a", str(folder), str(before)], check=True)
    script = textwrap.dedent(KILLED)
    run = [sys.executable, "-c", script, str(folder), "1"]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    *killed, last = done.stdout.splitlines()
    assert json.loads(last) == ["new"] * 3
    assert len(killed) > 15
    for number, line in enumerate(killed, start=1):
        found = set(json.loads(line)) - {"-"}
        assert "new" not in found or found == {"new"}, line
        after = tmp_path / f"out.{number}"
        everything = "".join(path.read_text() for path in after.rglob("*") if path.is_file())
        assert MINE in everything  # whatever happens, a person's file is there, or a copy
        receipt = write_files(after, {"other": b"1"})  # whoever comes next finishes
        there = {text_of(after / name) for name in names}
        assert there in ({"new"}, {"old", MINE}), number
        assert receipt.copies == ()
        assert MINE in {text_of(path) for path in visible(after)}
        assert not list((after / HIDDEN).glob("*.part"))


def test_who_reads_finds_what_a_killed_run_had_written(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    save_plan(make(folder) / "plan.json", a_plan(a_visit()))
    new = a_plan(a_visit(date=TUESDAY))
    leave_pending(folder, new.model_dump_json())
    assert load_plan(folder / "plan.json", a_problem()) == new


def test_what_a_person_put_there_after_a_kill_stays(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    save_plan(make(folder) / "plan.json", a_plan(a_visit(date=MONDAY)))
    leave_pending(folder, "the killed run's")
    (folder / "plan.json").write_text(MINE, encoding="utf-8")
    with pytest.raises(
        FileError, match=r"plan.json was changed afterwards; .* is kept in .*backup"
    ):
        write_files(folder, {"other": b"1"})
    assert text_of(folder / "plan.json") == MINE
    assert copies(folder) == ["the killed run's"]
    write_files(folder, {"other": b"1"})


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder


def leave_pending(folder: Path, text: str) -> None:
    """Leave plan.json as a run does that is killed before the first file is in its place."""
    outputs = Outputs([folder / "plan.json"], replace=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            "ektp_sched.files.outputs._Folder._place", failing_with(KeyboardInterrupt())
        )
        with pytest.raises(KeyboardInterrupt):
            outputs.write({folder / "plan.json": text.encode()})


# A plan and its result -----------------------------------------------------------------------


def test_a_plan_and_its_result_are_written_together(tmp_path: Path) -> None:
    save_plan_and_result(tmp_path / "out", a_result())
    first = text_of(tmp_path / "out" / "plan.json")
    receipt = save_plan_and_result(
        tmp_path / "out", a_result(a_plan(a_visit(date=TUESDAY)), runtime_seconds=2)
    )
    assert [path.name for path in receipt.copies] == ["plan.json", "result.json"]
    assert text_of(receipt.copies[0]) == first
    with pytest.raises(RequestError, match="the result has no plan"):
        save_plan_and_result(tmp_path / "out", no_result())


def test_a_copy_of_what_a_link_leads_to_is_told_where_it_is(tmp_path: Path) -> None:
    for name in ("hers", "links"):
        (tmp_path / name).mkdir()
    target, link = tmp_path / "hers" / "plan.json", tmp_path / "links" / "plan.json"
    target.write_bytes(b"hers")
    link.symlink_to(target)
    copy = write_file(link, b"new", replace=True)
    assert copy is not None
    assert copy.read_bytes() == b"hers"
    assert target.read_bytes() == b"new"
