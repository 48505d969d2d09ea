"""What calendars, letters and tables say, in both languages and in one place."""

from ektp_sched.language import Language

_SENTENCES: dict[str, tuple[str, str]] = {
    # name: (Indonesian, English)
    # Calendars
    "calendar of the office": ("Kunjungan perekaman KTP-el", "e-KTP recording visits"),
    "calendar of one": ("Perekaman KTP-el: {name}", "e-KTP recording: {name}"),
    "entry": ("Perekaman KTP-el: {school} ({team})", "e-KTP recording: {school} ({team})"),
    "entry cancelled": ("DIBATALKAN: {entry}", "CANCELLED: {entry}"),
    "entry gone": ("Kunjungan ini dibatalkan.", "This visit is cancelled."),
    "entry pupils": ("Siswa: {pupils} ({classes})", "Pupils: {pupils} ({classes})"),
    "entry times": (
        "Persiapan alat {arrive}–{record_from}, perekaman {record_from}–{record_until}, "
        "berkemas sampai {leave}",
        "Set-up {arrive}–{record_from}, recording {record_from}–{record_until}, "
        "packing until {leave}",
    ),
    "entry team": ("Tim: {team} ({kits} alat perekaman)", "Team: {team} (recording kits: {kits})"),
    "entry status": ("Status: {status}", "Status: {status}"),
    # Letters
    "kits of a part": ("{kits} alat perekaman", "{kits} recording kit(s)"),
    "on one day": ("pada tanggal {first}", "on {first}"),
    "from day to day": (
        "pada tanggal {first} sampai dengan {last}",
        "from {first} to {last}",
    ),
    "file of notice": ("surat-pemberitahuan_{stem}.docx", "notice_{stem}.docx"),
    "file of assignment": ("surat-tugas_{stem}.docx", "assignment_{stem}.docx"),
    "template of notice": ("surat-pemberitahuan.docx", "notice.docx"),
    "template of assignment": ("surat-tugas.docx", "assignment.docx"),
    # Places
    "place": ("{school}, Kecamatan {district}", "{school}, district {district}"),
}


def sentence(name: str, language: Language, /, **parts: object) -> str:
    """A sentence with its parts filled in.

    Raises
    ------
    KeyError
        There is no such sentence, or a part of it is not given.
    """
    indonesian, english = _SENTENCES[name]
    return (indonesian if language == "id" else english).format(**parts)
