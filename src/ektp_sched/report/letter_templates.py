"""The built-in letters as DOCX templates, laid out from the texts of report.letter_texts."""

from functools import cache, partial

from ektp_sched.report.docx import Column, Sheet
from ektp_sched.report.letter_texts import LetterKind, text
from ektp_sched.texts.language import Language


@cache
def built_in_template(kind: LetterKind, language: Language) -> bytes:
    """A built-in template as a DOCX file."""
    sheet = Sheet(language)
    _letterhead(sheet, language)
    (_notice if kind == "notice" else _assignment)(sheet, language)
    return sheet.to_bytes()


def _letterhead(sheet: Sheet, language: Language) -> None:
    sheet.paragraph(text("head 1", language), align="CENTER", bold=True, size=13)
    sheet.paragraph(text("head 2", language), align="CENTER", bold=True, size=14)
    sheet.paragraph(text("head 3", language), align="CENTER", size=9)
    sheet.rule()


def _notice(sheet: Sheet, language: Language) -> None:
    say = partial(text, language=language)
    sheet.paragraph(say("place and date"), align="RIGHT")
    parts = ("number", "nature", "enclosures", "subject")
    sheet.labelled([(say(f"{part} label"), [say(part)]) for part in parts], width=2.5)
    sheet.paragraph(say("to"), before=10)
    sheet.paragraph(say("to place"))
    sheet.paragraph(say("greeting"), before=10)
    sheet.paragraph(say("opening"), align="JUSTIFY", first_line=1)
    sheet.paragraph("", size=5, keep=True)
    sheet.visits(_columns_of_notice(language))
    sheet.paragraph(say("total"), align="JUSTIFY", before=6)
    _only_if(sheet, "proposed", say("please confirm"))
    _only_if(sheet, "contingent", say("only if blanks"))
    sheet.paragraph(say("please prepare"), align="JUSTIFY", before=6, keep=True)
    sheet.items([say(f"prepare {n}") for n in range(1, 5)])
    sheet.paragraph(say("pupils bring"), before=6, keep=True)
    sheet.items([say(f"bring {n}") for n in range(1, 3)])
    sheet.paragraph(say("closing"), align="JUSTIFY", before=6, keep=True)
    sheet.paragraph("", keep=True)
    signers = [say("signer name"), say("signer number")]
    sheet.signature([say("signer")], signers, beside=[say("copies")])


def _assignment(sheet: Sheet, language: Language) -> None:
    say = partial(text, language=language)
    sheet.paragraph(say("assignment"), align="CENTER", bold=True, underline=True, size=13)
    sheet.paragraph(say("assignment number"), align="CENTER")
    sheet.paragraph("", size=6)
    sheet.labelled([(say("basis label"), [say("basis")])], width=2.0)
    sheet.paragraph(say("assigns"), align="CENTER", bold=True, before=8)
    sheet.paragraph("", size=4)
    members = [f"{n}. {say('member')}" for n in range(1, 4)]
    whom = (say("whom label"), [say("whom"), *members])
    sheet.labelled([whom, (say("task label"), [say("task")])], width=2.0)
    sheet.paragraph("", size=5, keep=True)
    sheet.visits(_columns_of_assignment(language))
    _only_if(sheet, "proposed or contingent", say("only if told"))
    sheet.paragraph(say("take along"), before=6, keep=True)
    sheet.items([say(f"take {n}") for n in range(1, 4)])
    sheet.paragraph(say("report back"), align="JUSTIFY", before=6)
    sheet.paragraph(say("assignment closing"), align="JUSTIFY", before=6, keep=True)
    sheet.paragraph("", keep=True)
    signers = [say("signer name"), say("signer number")]
    sheet.signature([say("issued at"), say("issued on"), say("signer")], signers)


def _only_if(sheet: Sheet, condition: str, words: str) -> None:
    """A paragraph that only some letters have; the lines with the condition vanish."""
    sheet.paragraph(f"{{%p if {condition} %}}")
    sheet.paragraph(words, align="JUSTIFY", before=6)
    sheet.paragraph("{%p endif %}")


def _columns_of_notice(language: Language) -> list[Column]:
    say = partial(text, language=language)
    stay = "{{ visit.start }}–{{ visit.end }}"
    recording = "{{ visit.record_from }}–{{ visit.record_until }}"
    return [
        Column(say("no"), 0.9, ["{{ visit.number }}"], centred=True),
        Column(say("day"), 3.0, ["{{ visit.date }}"]),
        Column(say("clock"), 2.9, [stay, say("recording"), recording]),
        Column(say("team"), 2.0, ["{{ visit.team }}"]),
        Column(say("classes"), 3.8, ["{{ visit.classes_lines }}"]),
        Column(say("pupils"), 1.7, ["{{ visit.pupils }}"], centred=True),
        Column(say("status"), 2.2, ["{{ visit.status }}"]),
    ]


def _columns_of_assignment(language: Language) -> list[Column]:
    say = partial(text, language=language)
    needs = ["{%p if visit.needs %}", say("visit needs"), "{%p endif %}"]
    part = ["{%p if visit.part %}", say("visit part"), "{%p endif %}"]
    classes = "{{ visit.classes_text }}"
    place = ["{{ visit.school }}", say("visit district"), classes, *part, *needs]
    return [
        Column(say("no"), 0.9, ["{{ visit.number }}"], centred=True),
        Column(say("day"), 2.5, ["{{ visit.date }}"]),
        Column(say("leave"), 2.0, ["{{ visit.leave }}"], centred=True),
        Column(say("at school"), 2.0, ["{{ visit.start }}–", "{{ visit.end }}"], centred=True),
        Column(say("school"), 3.8, place),
        Column(say("pupils"), 1.5, ["{{ visit.pupils }}"], centred=True),
        Column(say("back"), 1.6, ["{{ visit.back }}"], centred=True),
        Column(say("status"), 2.2, ["{{ visit.status }}"]),
    ]
