"""Files that are written: together or not at all, and never over what a person made.

Beside the files stands a hidden folder with a record of what was written there: name, digest, verb,
version, time. A file is replaced only where the same verb wrote it and nobody has changed it since.
Otherwise whoever writes has to ask for it, and what stood there is kept in a folder `backup`.

How files take each other's places. All are first written into the hidden folder and brought to the
disk. Then the record is exchanged for one that names them as pending: from that moment on they
count as written, and whoever comes next puts into its place what a kill or a power cut left over.
Of several, what they replace goes first: a new file never stands beside an old one.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

from filelock import FileLock, Timeout
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
)

from ektp_sched.errors import Complaint, FileError
from ektp_sched.files.file_kinds import described
from ektp_sched.files.text_files import cannot, require_folder, require_ordinary
from ektp_sched.texts.language import N_, _, all_of
from ektp_sched.writer import PYTHON, writer

HIDDEN, BACKUP = ".ektp-sched", "backup"
RECORD, LOCK, PART = "written.json", "lock", ".part"
FORM = 1  # of the record
PATIENCE = 30.0  # seconds for another process to finish its writing


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of files that were to be written.

    Parameters
    ----------
    copies
        Dated copies of what was replaced.
    left
        Files that were left as a person has changed them: there was nothing newer to write.
    """

    copies: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()

    @property
    def copy(self) -> Path | None:
        """The first dated copy, None where there is none."""
        return next(iter(self.copies), None)


def write_files(
    folder: str | Path, files: Mapping[str, bytes], *, replace: bool = False
) -> Receipt:
    """Write files into a folder, all of them or none.

    A file that a person has changed is left as it is where there is nothing newer to write than
    what was written last.

    Parameters
    ----------
    folder
        Made if new.
    files
        Contents by name; a name may lead into a folder inside: "teams/A.ics".
    replace
        Replace also what a person made or changed; a dated copy of it is kept.

    Raises
    ------
    FileError
        A file cannot be written, or one stands there that a person made or changed.
    """
    place = Path(folder)
    contents = {place / name: data for name, data in files.items()}
    outputs = Outputs(contents, replace=replace, new_folders=True)
    return outputs.write(contents, keep_edited=True)


def write_file(path: str | Path, data: str | bytes, *, replace: bool = False) -> Path | None:
    """Write one file, text as UTF-8; give the dated copy of what it replaced, if one was kept.

    Raises
    ------
    FileError
        The file cannot be written, or one stands there that a person made or changed and `replace`
        does not ask for it to be replaced.
    """
    try:
        content = data.encode("utf-8") if isinstance(data, str) else data
    except ValueError as error:
        raise cannot("write", path, error) from error
    return Outputs([Path(path)], replace=replace).write({Path(path): content}).copy


def written_besides(folder: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """Files in a folder that this verb wrote once, and that are not among these names."""
    place = Path(os.path.realpath(folder))
    with _all_held([place / RECORD], lock=False) as folders:
        known = folders[place].record.files
    others = sorted({name for name, one in known.items() if one.verb == writer()} - {*names})
    return tuple(folder / name for name in others if (folder / name).exists())


def finish_writing(path: Path) -> None:
    """Put into its place what a run that was killed had written for the folder of a file.

    Nothing happens where that cannot be: readers then find the files of before, or none.
    """
    with suppress(OSError, ValueError, FileError):
        folder = _Folder(Path(os.path.realpath(path)).parent)
        if folder.has_pending:
            with folder.held():
                pass


class Outputs:
    """Files that belong together, looked at before the work that makes them and written after it.

    Parameters
    ----------
    paths
        All that may be written.
    inputs
        Files that were read and are never replaced; None are those that were not given.
    replace
        Replace also what a person made or changed; a dated copy of it is kept.
    new_folders
        Make the folders of the files where they are not there yet.
    """

    def __init__(
        self,
        paths: Iterable[Path],
        *,
        inputs: Iterable[Path | None] = (),
        replace: bool = False,
        new_folders: bool = False,
    ) -> None:
        self._paths = tuple(paths)
        self._inputs = tuple(one for one in inputs if one is not None)
        self._replace, self._new_folders = replace, new_folders
        self._seen: dict[Path, str | None] | None = None

    def check(self) -> "Outputs":
        """Make sure that all can be written, before hours of work are put in.

        Raises
        ------
        FileError
            A folder or file cannot be written, a file was read, or a person made or changed it.
        """
        targets = self._targets(self._paths)
        with _all_held(targets.values(), lock=False) as folders:
            found = {path: folders[t.parent].standing(t.name) for path, t in targets.items()}
            foreign = [
                folders[targets[path].parent].complaint(path, one)
                for path, one in found.items()
                if one is not None and not self._replace and not one.is_ours
            ]
        if foreign:
            raise FileError(foreign)
        self._seen = {path: None if one is None else one.digest for path, one in found.items()}
        return self

    @property
    def is_edited(self) -> bool:
        """Whether somebody has changed one of the files since it was written."""
        targets = self._targets(self._paths)
        with _all_held(targets.values(), lock=False) as folders:
            found = [folders[t.parent].standing(t.name) for t in targets.values()]
        return any(one is not None and one.is_changed for one in found)

    def write(
        self,
        files: Mapping[Path, bytes | None],
        *,
        keep_edited: bool = False,
        documents: Collection[Path] = (),
        rescue: bool = False,
    ) -> Receipt:
        """Write files, all of them or none; None stands for a file that shall not be there.

        Parameters
        ----------
        keep_edited
            Leave a file as a person has changed it where what was written last is not newer.
        documents
            Where one of these stands there and is another one then, dated copies are kept of all
            that is replaced, also of what this verb wrote itself.
        rescue
            Where the files cannot be written, leave them in the user's home, or in the folder for
            temporary files, and say so.

        Raises
        ------
        FileError
            As in check().
        """
        try:
            return self._write(files, keep_edited=keep_edited, documents=documents)
        except FileError as error:
            place = _rescued(files) if rescue else None
            if place is None:
                raise
            remedy = _("The new files are in {place} instead; move them from there.", place=place)
            told = [Complaint(one.where, one.what, remedy) for one in error.complaints]
            raise FileError(told, source=error.source) from error

    def _write(
        self, files: Mapping[Path, bytes | None], *, keep_edited: bool, documents: Collection[Path]
    ) -> Receipt:
        targets = self._targets(files)
        with _all_held(targets.values(), lock=True) as folders:
            jobs = [
                _Job(path, folders[targets[path].parent], targets[path].name, data)
                for path, data in files.items()
            ]
            if keep_edited and not self._replace:
                left = [job for job in jobs if job.is_edited_only]
            else:
                left = []
            todo = [job for job in jobs if job not in left and (job.changes or job.is_ours)]
            if foreign := [job.complaint for job in todo if not self._may_replace(job)]:
                raise FileError(foreign)
            there = [job for job in todo if job.stands]
            wanted = any(job.changes and job.path in documents for job in there)
            saved = [job for job in there if wanted or not job.is_ours]
            stamp = f"{datetime.now().astimezone():%Y-%m-%d_%H%M%S}"
            copies = [job.keep(stamp) for job in saved]
            for folder in sorted(folders.values(), key=lambda one: -len(one.path.parts)):
                folder.commit([job for job in todo if job.folder is folder])
        if self._seen is not None:
            self._seen |= {job.path: job.digest for job in todo}
        return Receipt(tuple(copies), tuple(job.path for job in left))

    def _may_replace(self, job: "_Job") -> bool:
        if self._replace or job.stands is None or not job.changes:
            return True
        # What came meanwhile is not replaced, even if another process of ours wrote it.
        as_before = self._seen is None or self._seen.get(job.path) == job.stands.digest
        return job.is_ours and as_before

    def _targets(self, paths: Iterable[Path]) -> dict[Path, Path]:
        """The files that are meant, behind all links; their folders can be written to."""
        targets = {}
        for path in paths:
            require_ordinary(path)
            try:
                targets[path] = Path(os.path.realpath(path))
                targets[path].name.encode("utf-8")  # as the record has to hold it
            except (OSError, ValueError) as error:
                raise cannot("write", path, error) from error
            if any(path.exists() and one.exists() and path.samefile(one) for one in self._inputs):
                what = _("this file was read and is not overwritten")
                remedy = _("Choose another name or folder.")
                raise FileError([Complaint("", what, remedy)], source=str(path))
        shown = {target.parent: path for path, target in reversed(targets.items())}
        for folder, path in sorted(shown.items()):
            shown_as = path.parent if self._new_folders else path
            require_folder(folder, shown=shown_as, make=self._new_folders)
        return targets


def _one_name(name: str) -> str:
    """The name of a file in this folder and in no other."""
    if Path(name).name != name or name == "..":
        raise ValueError(name)
    return name


_Name = Annotated[str, AfterValidator(_one_name)]
_Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
_Part = Annotated[str, Field(pattern=rf"^[0-9a-f]+{re.escape(PART)}$")]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Written(_Model):
    """A file as it was written."""

    sha256: _Digest
    verb: str
    version: str
    written: AwareDatetime


class _Pending(_Model):
    """A file that is to take its place: what stood there, and what shall; None: nothing."""

    was: _Digest | None
    part: _Part | None
    file: _Written | None


class _Record(_Model):
    """What was written in a folder."""

    form: Literal[1] = 1
    files: Mapping[_Name, _Written] = {}
    pending: Mapping[_Name, _Pending] = {}


@dataclass(frozen=True, slots=True)
class _Standing:
    """A file that is there, and what the record says of that name."""

    digest: str
    changed: datetime
    known: _Written | None

    @property
    def is_changed(self) -> bool:
        return self.known is not None and self.known.sha256 != self.digest

    @property
    def is_ours(self) -> bool:
        """Whether this verb wrote it as it is."""
        known = self.known
        return known is not None and not self.is_changed and known.verb == writer()


class _Folder:
    """A folder that files are written into, with its record.

    Raises
    ------
    FileError
        A newer version wrote the record.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.home = path, path / HIDDEN
        self.record, self._is_sound = self._read()

    @property
    def has_pending(self) -> bool:
        """Whether a run ended while files took their places."""
        return bool(self.record.pending)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other processes from writing here; finish first what one of them left over."""
        with ExitStack() as stack:
            try:
                self.home.mkdir(exist_ok=True)
                stack.enter_context(FileLock(self.home / LOCK, timeout=PATIENCE))
            except Timeout:
                what = _("another ektp-sched is writing here")
                remedy = _("Wait until it has ended, and try again.")
                raise FileError([Complaint("", what, remedy)], source=str(self.path)) from None
            except (OSError, NotImplementedError) as error:
                reason = error if isinstance(error, OSError) else OSError(str(error))
                raise cannot("write", self.home, reason) from error
            self.record, self._is_sound = self._read()
            try:
                self._finish()
            except OSError as error:
                raise cannot("write", self.path, error) from error
            yield

    def standing(self, name: str) -> _Standing | None:
        """The file of that name."""
        path = self.path / name
        try:
            digest = _digest_of(path)
            if digest is None:
                return None
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
        except OSError as error:
            raise cannot("read", path, error) from error
        return _Standing(digest, changed, self.record.files.get(name))

    def complaint(self, path: Path, stands: _Standing) -> Complaint:
        """What stands in the way of a file."""
        known = stands.known
        when = stands.changed if known is None or stands.is_changed else known.written.astimezone()
        values = {"thing": described(path), "day": when.date(), "time": when.time()}
        if known is None:
            what = _(
                "{thing} is here already, not written by ektp-sched, last changed {day} {time}",
                **values,
            )
        elif stands.is_changed:
            what = _(
                "{thing} is here already, changed {day} {time} after ektp-sched wrote it",
                **values,
            )
        elif known.verb == writer():
            what = _("{thing} was written here meanwhile, {day} {time}", **values)
        else:
            what = _(
                "{thing} is here already, written {day} {time} by {verb}",
                **values,
                verb=known.verb,
            )
        return Complaint(str(path), what, _(_REMEDIES[writer() == PYTHON]))

    def commit(self, jobs: "Iterable[_Job]") -> None:
        """Let new files take their places."""
        parts: list[Path] = []
        try:
            pending = {job.name: self._staged(job, parts) for job in jobs}
            if not pending:
                return
            self._save(self.record.model_copy(update={"pending": pending}))
        except BaseException:  # Ctrl-C too must leave nothing half-written behind
            with suppress(OSError):
                for part in parts:
                    part.unlink(missing_ok=True)
            raise
        try:
            self._finish()
        except OSError as error:
            raise cannot("write", self.path, error) from error

    def _staged(self, job: "_Job", parts: list[Path]) -> _Pending:
        was = None if job.stands is None else job.stands.digest
        if job.data is None:
            return _Pending(was=was, part=None, file=None)
        parts.append(self.home / f"{secrets.token_hex(8)}{PART}")
        try:
            _write_through(parts[-1], job.data)
        except OSError as error:
            raise cannot("write", job.path, error) from error
        return _Pending(was=was, part=parts[-1].name, file=_entry(job.data))

    def _finish(self) -> None:
        """Do what a run that was ended left to do, and clear away what it had not finished."""
        pending = self.record.pending
        foreign = [name for name in pending if self._is_foreign(name)]
        if foreign:
            self._set_aside(foreign)
        elif pending:
            self._place()
        if self._is_sound:
            for part in self.home.glob(f"*{PART}"):
                part.unlink(missing_ok=True)

    def _is_foreign(self, name: str) -> bool:
        """Whether a person has put something else into the place of a pending file."""
        one = self.record.pending[name]
        new = None if one.file is None else one.file.sha256
        return _digest_of(self.path / name) not in {None, one.was, new}

    def _place(self) -> None:
        pending = self.record.pending
        _first, *others = pending
        for name in reversed(others):
            if _digest_of(self.path / name) == pending[name].was:
                (self.path / name).unlink(missing_ok=True)
        for name, one in pending.items():
            if one.part is None:
                (self.path / name).unlink(missing_ok=True)
            elif (self.home / one.part).exists():
                (self.home / one.part).replace(self.path / name)
        _sync(self.path)
        entries = {name: one.file for name, one in pending.items()}
        known = {**self.record.files, **entries}
        there = {n: one for n, one in known.items() if one and (self.path / n).exists()}
        self._save(_Record(files=there))

    def _set_aside(self, foreign: list[str]) -> None:
        """Leave to a person what she has put in the place of a file, and the file beside it."""
        place = _backup_folder(self.path, f"{datetime.now().astimezone():%Y-%m-%d_%H%M%S}")
        for name, one in self.record.pending.items():
            if one.part is not None and (self.home / one.part).exists():
                (self.home / one.part).replace(place / name)
        self._save(self.record.model_copy(update={"pending": {}}))
        what = _(
            "a run was killed while it was writing here, and {names} was changed afterwards; what "
            "that run had made is kept in {place}",
            names=all_of(foreign),
            place=place,
        )
        complaint = Complaint("", what, _("Look at both, and try again."))
        raise FileError([complaint], source=str(self.path))

    def _read(self) -> tuple[_Record, bool]:
        """The record, and whether it could be read: one that is damaged knows of no file."""
        try:
            raw = json.loads((self.home / RECORD).read_bytes())
        except FileNotFoundError:
            return _Record(), True
        except (OSError, ValueError, RecursionError):
            return _Record(), False
        form = raw.get("form") if isinstance(raw, dict) else None
        if isinstance(form, int) and form > FORM:
            what = _("a newer version of ektp-sched wrote here")
            remedy = _("Update ektp-sched, or choose another folder.")
            raise FileError([Complaint("", what, remedy)], source=str(self.path))
        try:
            return _Record.model_validate_json(json.dumps(raw)), True
        except ValidationError:
            return _Record(), False

    def _save(self, record: _Record) -> None:
        new = self.home / f"{secrets.token_hex(8)}{PART}"
        try:
            _write_through(new, (record.model_dump_json(indent=1) + "\n").encode())
            new.replace(self.home / RECORD)
        except OSError as error:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise cannot("write", self.path, error) from error
        _sync(self.home)
        self.record = record


@dataclass(slots=True)
class _Job:
    """One file that is to be written."""

    path: Path
    folder: _Folder
    name: str
    data: bytes | None
    stands: _Standing | None = field(init=False)

    def __post_init__(self) -> None:
        self.stands = self.folder.standing(self.name)

    @property
    def changes(self) -> bool:
        """Whether another content is to be there than is."""
        now = None if self.stands is None else self.stands.digest
        return now != self.digest

    @property
    def is_ours(self) -> bool:
        """Whether this verb wrote what stands there."""
        return self.stands is not None and self.stands.is_ours

    @property
    def digest(self) -> str | None:
        """That of the new content; None where nothing shall be there."""
        return None if self.data is None else _digest(self.data)

    @property
    def is_edited_only(self) -> bool:
        """Whether a person has changed what would be written once more as it was."""
        if self.stands is None or self.data is None or self.stands.known is None:
            return False
        return self.stands.is_changed and self.stands.known.sha256 == self.digest

    @property
    def complaint(self) -> Complaint:
        """What stands in the way."""
        assert self.stands is not None
        return self.folder.complaint(self.path, self.stands)

    def keep(self, stamp: str) -> Path:
        """Make a dated copy of what stands there, and give its place.

        That is beside the file as the caller sees it; where a link leads elsewhere, beside the
        file itself.
        """
        try:
            place = _backup_folder(self.folder.path, stamp, taken=self.name)
            shutil.copy2(self.folder.path / self.name, place / self.name)
            with (place / self.name).open("rb+") as copy:
                os.fsync(copy.fileno())
            _sync(place)
        except OSError as error:
            raise cannot("write", self.path.parent / BACKUP, error) from error
        seen = self.path.parent / BACKUP / place.name / self.name
        return seen if seen.exists() else place / self.name


_REMEDIES = {
    False: N_("Choose another place, or add --replace to replace it and keep a dated copy."),
    True: N_("Choose another place, or add replace=True to replace it and keep a dated copy."),
}


@contextmanager
def _all_held(targets: Iterable[Path], *, lock: bool) -> Iterator[dict[Path, _Folder]]:
    """The folders of some files, always in the same order so that no two runs wait on each other.

    Without `lock` a folder in which nothing was ever written is only looked at.
    """
    with ExitStack() as stack:
        folders = {}
        for place in sorted({target.parent for target in targets}):
            folders[place] = _Folder(place)
            if lock or os.path.lexists(folders[place].home):
                stack.enter_context(folders[place].held())
        yield folders


def _entry(data: bytes) -> _Written:
    return _Written(
        sha256=_digest(data),
        verb=writer(),
        version=version("ektp-sched"),
        written=datetime.now(UTC).replace(microsecond=0),
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of(path: Path) -> str | None:
    """The digest of a file; None where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def _write_through(path: Path, data: bytes) -> None:
    """Write a new file to the disk; its permissions are the usual ones, not the owner's alone."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _backup_folder(folder: Path, stamp: str, *, taken: str = "") -> Path:
    """A folder for copies of this moment in which that name is still free."""
    number = 1
    while True:
        place = folder / BACKUP / (stamp if number == 1 else f"{stamp}_{number}")
        place.mkdir(parents=True, exist_ok=True)
        if taken and not (place / taken).exists():
            return place
        if not taken and not any(place.iterdir()):
            return place
        number += 1


def _rescued(files: Mapping[Path, bytes | None]) -> Path | None:
    """A folder of its own, in the first place that has room, with all that was to be written."""
    for find in (Path.home, lambda: Path(tempfile.gettempdir())):
        place = None
        try:
            stamp = f"{datetime.now().astimezone():%Y-%m-%d_%H%M%S}"
            place = Path(tempfile.mkdtemp(prefix=f"ektp-sched_{stamp}_", dir=find()))
            for path, data in files.items():
                if data is not None:
                    _write_through(place / path.name, data)
        except (OSError, RuntimeError):  # no home, or no room there either
            if place is not None:
                shutil.rmtree(place, ignore_errors=True)
        else:
            return place
    return None
