"""DOCX templates filled in with docxtpl; a fault in a template is said with its place in it."""

import io
from collections.abc import Iterable
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from ektp_sched.errors import Complaint, FileError
from ektp_sched.extras import extra
from ektp_sched.language import _

with extra("letters"):
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
    from jinja2.sandbox import SandboxedEnvironment
    from lxml.etree import LxmlError


class LetterTemplate:
    """A template with placeholders. What is filled in is text, never markup.

    Raises
    ------
    FileError
        It is no DOCX file, or its placeholders cannot be read.
    """

    def __init__(self, data: bytes, *, source: str) -> None:
        self._data, self._source = data, source
        self._names = self._placeholders()

    def fill(self, context: dict[str, Any]) -> bytes:
        """The template with its placeholders filled in, as a DOCX file.

        The same template and context make the same bytes, so that a letter that a person changed
        is known to be up to date still.

        Raises
        ------
        FileError
            The template has a placeholder that `context` does not know.
        """
        if unknown := sorted(self._names - set(context)):
            raise self._fault(*(_unknown(name, context) for name in unknown))
        document = self._opened()
        try:
            document.render(context, jinja_env=_environment(), autoescape=True)
            file = io.BytesIO()
            document.save(file)
        except UndefinedError as error:
            raise self._fault(_unknown(_name_in(error), _all_names(context))) from error
        except (TemplateError, LxmlError, TypeError, ValueError) as error:
            raise self._fault(_broken(error)) from error
        return _timeless(file.getvalue())

    def _placeholders(self) -> set[str]:
        document = self._opened()
        try:
            return set(document.get_undeclared_template_variables(_environment()))
        except (TemplateError, LxmlError) as error:
            raise self._fault(_broken(error)) from error

    def _opened(self) -> Any:
        document = DocxTemplate(io.BytesIO(self._data))
        try:
            document.init_docx()
        except (BadZipFile, OpcError, LxmlError, KeyError, ValueError) as error:
            what = _("this is no DOCX file")
            remedy = _("Save the template as Word 2007-365 (.docx).")
            raise self._fault(Complaint("", what, remedy)) from error
        return document

    def _fault(self, *complaints: Complaint) -> FileError:
        return FileError(complaints, source=self._source)


def _timeless(data: bytes) -> bytes:
    """A DOCX file without the time at which it was made, which only its ZIP entries have."""
    timeless = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as made, ZipFile(timeless, "w", ZIP_DEFLATED) as copy:
        for entry in made.infolist():
            copy.writestr(ZipInfo(entry.filename), made.read(entry), ZIP_DEFLATED)
    return timeless.getvalue()


def _environment() -> SandboxedEnvironment:
    """A template may come from anyone: it can fill in and repeat, but reach nothing else."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _unknown(name: str, known: Iterable[str]) -> Complaint:
    remedy = _(
        "Use one of: {known}; docs/guides/letters.md lists all placeholders.",
        known=", ".join(sorted(known)),
    )
    return Complaint("", _("the placeholder {name!r} is not known", name=name), remedy)


def _broken(error: Exception) -> Complaint:
    reason = str(error).splitlines()[0].rstrip(".")
    if isinstance(error, TemplateSyntaxError):
        what = _(
            "the placeholders cannot be read (line {line:d} of its text): {reason}",
            line=error.lineno,
            reason=reason,
        )
    else:
        what = _("the placeholders cannot be read: {reason}", reason=reason)
    remedy = _(
        "Correct the braces or the words in them; docs/guides/letters.md lists all placeholders."
    )
    return Complaint("", what, remedy)


def _name_in(error: UndefinedError) -> str:
    """The name that jinja2 quotes last: "'dict object' has no attribute 'tiem'"."""
    return str(error).rsplit("'", 2)[-2]


def _all_names(context: dict[str, Any]) -> set[str]:
    """The names of a context and, with the list's name before, of what its lists hold."""
    names = set(context)
    for value in context.values():
        if isinstance(value, list):
            names |= {f"visit.{name}" for name in value[0]}
    return names
