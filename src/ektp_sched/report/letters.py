"""Letters as DOCX: a notice to each school and an assignment letter for each team."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from ektp_sched.domain import Plan, Problem, School, Team
from ektp_sched.errors import Complaint, FileError, RequestError
from ektp_sched.io.file_names import file_stems
from ektp_sched.io.text_files import read_bytes
from ektp_sched.language import Language, _
from ektp_sched.report.docx_filling import LetterTemplate
from ektp_sched.report.letter_context import Context, LetterWriter
from ektp_sched.report.letter_templates import built_in_template
from ektp_sched.report.letter_texts import LetterKind
from ektp_sched.report.sentences import sentence

KINDS: tuple[LetterKind, ...] = ("notice", "assignment")
_One = TypeVar("_One", School, Team)


def notices(
    problem: Problem,
    plan: Plan,
    *,
    language: Language,
    schools: Sequence[str] | None = None,
    templates: str | Path | None = None,
) -> dict[str, bytes]:
    """A notice to each school that has a visit to come, by file name.

    Parameters
    ----------
    schools
        Ids of the schools to write to; all by default.
    templates
        A folder with the office's own template, called as template_files() does; where there is
        none the built-in one is used.

    Raises
    ------
    RequestError
        A school in `schools` is unknown or has no visit to come.
    FileError
        The template cannot be used.
    """
    chosen = [problem.school(one) for one in schools or ()] or problem.schools
    written = _contexts(chosen, LetterWriter(problem, plan, language).notice, named=bool(schools))
    return _letters("notice", problem.schools, written, language, templates)


def assignments(
    problem: Problem,
    plan: Plan,
    *,
    language: Language,
    teams: Sequence[str] | None = None,
    templates: str | Path | None = None,
) -> dict[str, bytes]:
    """An assignment letter for each team that has a visit to come, as notices() for schools.

    Visits of those who stand in for a team are in its letter.
    """
    real = problem.real_teams
    everyone = [team for team in problem.teams if real[team.id] is team]
    chosen = [real[problem.team(one).id] for one in teams or ()] or everyone
    written = _contexts(chosen, LetterWriter(problem, plan, language).assignment, named=bool(teams))
    return _letters("assignment", everyone, written, language, templates)


def template_files(language: Language) -> dict[str, bytes]:
    """The built-in templates in a language, by the file names that they must keep."""
    return {template_name(kind, language): built_in_template(kind, language) for kind in KINDS}


def template_name(kind: LetterKind, language: Language) -> str:
    """The file name of the template for a kind of letter."""
    return sentence(f"template of {kind}", language)


def _contexts(
    chosen: Iterable[_One], context_of: Callable[[_One], Context | None], *, named: bool
) -> dict[str, Context]:
    """What to write to each of them, by id; one asked for by name must have something to come."""
    contexts = {}
    for one in chosen:
        context = context_of(one)
        if context is not None:
            contexts[one.id] = context
        elif named:
            what = _("{name} has no visit to come in this plan", name=one.name)
            raise RequestError([Complaint("", what, _("Ask for one that has, or for all."))])
    return contexts


def _letters(
    kind: LetterKind,
    everyone: Iterable[School | Team],
    contexts: Mapping[str, Context],
    language: Language,
    templates: str | Path | None,
) -> dict[str, bytes]:
    stems = file_stems({one.id: one.name for one in everyone})
    template = _template(kind, language, templates)
    return {
        sentence(f"file of {kind}", language, stem=stems[id_]): template.fill(context)
        for id_, context in contexts.items()
    }


def _template(kind: LetterKind, language: Language, folder: str | Path | None) -> LetterTemplate:
    name = template_name(kind, language)
    if folder is None:
        return LetterTemplate(built_in_template(kind, language), source=name)
    own = Path(folder) / name
    if own.exists():
        return LetterTemplate(read_bytes(own), source=str(own))
    _require_some_template(Path(folder), language)
    return LetterTemplate(built_in_template(kind, language), source=name)


def _require_some_template(folder: Path, language: Language) -> None:
    """A folder that is given must hold at least one template, or it is the wrong one."""
    known = [template_name(kind, language) for kind in KINDS]
    if not any((folder / name).exists() for name in known):
        what = _(
            "there is neither {notice} nor {letter} in this folder",
            notice=known[0],
            letter=known[1],
        )
        remedy = _("Write the built-in ones into it with ektp-sched letter-templates.")
        raise FileError([Complaint("", what, remedy)], source=str(folder))
