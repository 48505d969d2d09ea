"""The words of the field in both languages, the same wherever they are read."""

from ektp_sched.texts.language import Language

_WORDS: dict[str, tuple[str, str]] = {
    # English: (Indonesian, English at the start of a line)
    "backlog": ("belum dicetak", "Backlog"),
    "base": ("kantor asal", "Base"),
    "blank": ("blangko", "Blank cards"),
    "bound": ("batas terbaik yang mungkin", "Bound"),
    "break": ("istirahat", "Break"),
    "class": ("kelas", "Class"),
    "collective leave": ("cuti bersama", "Collective leave"),
    "confirmed": ("disetujui", "Confirmed"),
    "contingent": ("bersyarat", "Contingent"),
    "counter": ("loket", "Counter"),
    "date": ("tanggal", "Date"),
    "delivery": ("pengiriman", "Delivery"),
    "district": ("kecamatan", "District"),
    "done": ("selesai", "Done"),
    "end": ("jam selesai", "End"),
    "exam": ("ujian", "Exam"),
    "gap": ("selisih dari batas terbaik", "Gap"),
    "holiday": ("hari libur", "Holiday"),
    "kind of school": ("jenis sekolah", "Kind of school"),
    "kit": ("alat perekaman", "Kit"),
    "left over": ("sisa", "Left over"),
    "lesson": ("jam pelajaran", "Lesson"),
    "letter": ("surat tugas", "Assignment letter"),
    "likely": ("kemungkinan", "Likely"),
    "notice": ("surat pemberitahuan", "Notice to the school"),
    "npsn": ("NPSN", "NPSN"),
    "office": ("Dinas Dukcapil", "Civil registry office"),
    "proposed": ("diusulkan", "Proposed"),
    "proven": ("terbukti", "Proven"),
    "pupil": ("siswa", "Pupils"),
    "recording": ("perekaman", "Recording"),
    "reserve": ("cadangan", "Reserve"),
    "schedule": ("jadwal", "Schedule"),
    "school": ("sekolah", "School"),
    "school hours": ("jam sekolah", "School hours"),
    "set-up": ("persiapan alat", "Set-up"),
    "start": ("jam mulai", "Start"),
    "status": ("status", "Status"),
    "stock": ("stok", "Stock"),
    "team": ("tim", "Team"),
    "team code": ("kode tim", "Team code"),
    "time": ("jam", "Time"),
    "travel": ("perjalanan", "Travel"),
    "visit": ("kunjungan", "Visit"),
}


def word(name: str, language: Language) -> str:
    """A word of the field as it stands at the start of a line.

    Raises
    ------
    KeyError
        It is no word of the field.
    """
    indonesian, english = _WORDS[name]
    return english if language == "en" else indonesian[0].upper() + indonesian[1:]
