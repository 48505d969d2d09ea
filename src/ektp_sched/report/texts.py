"""The texts of the page and of the pictures, each in both languages.

Names in braces are filled in. Single words of the field stand in `vocabulary`.
"""

from ektp_sched.texts.language import Language

_TEXTS: dict[str, tuple[str, str]] = {
    # name: (Indonesian, English)
    "title": ("Rencana kunjungan perekaman KTP-el", "Plan of e-KTP recording visits"),
    "skip": ("Langsung ke isi", "Skip to the content"),
    "offline": (
        "Halaman ini berisi jumlah siswa saja, tanpa data pribadi, dan terbuka tanpa internet.",
        "This page holds counts of pupils only, nothing personal, and opens without a network.",
    ),
    "no_script": (
        "Bagan dan saringan memerlukan JavaScript. Semua angka ada juga di tabel.",
        "Charts and filters need JavaScript. All figures are in the tables too.",
    ),
    # headline
    "headline": ("Ringkasan", "At a glance"),
    "recorded": ("siswa terekam", "pupils recorded"),
    "of_pupils": ("dari {all}; sisa {left}", "of {all}; {left} left"),
    "contingent_more": (
        "ditambah {n} bersyarat, bila pengiriman blangko tiba",
        "and {n} contingent ones, if blank cards are delivered",
    ),
    "schools_visited": ("sekolah dikunjungi", "schools visited"),
    "of_schools": (
        "dari {all}; {served} terlayani penuh, {partly} sebagian, {unserved} belum",
        "of {all}; {served} served fully, {partly} partly, {unserved} not yet",
    ),
    "visits": ("kunjungan", "visits"),
    "on_team_days": ("dalam {n} hari tim", "on {n} team-days"),
    "blanks_at_end": ("blangko di akhir", "blank cards at the end"),
    "blanks_low": (
        "terendah {low} pada {day}; cadangan {reserve}",
        "lowest with {low} on {day}; reserve {reserve}",
    ),
    "hours_driven": ("jam perjalanan", "hours of driving"),
    "per_team_day": ("{n} menit per hari tim", "{n} minutes a team-day"),
    "lesson_hours": ("jam pelajaran siswa terlewat", "pupil-hours of lessons missed"),
    "per_pupil": ("{n} menit per siswa", "{n} minutes a pupil"),
    # how good
    "how_good": ("Sebaik apa rencana ini?", "How good is this plan?"),
    "aims_in_order": (
        "Sasaran menurut urutan pentingnya; tiap sasaran sejauh sasaran di atasnya mengizinkan:",
        "The aims in their order of importance, each as far as those above it allow:",
    ),
    "nothing_proven": (
        "Belum terbukti seberapa jauh rencana lain bisa lebih baik: "
        "hasil pencarian (result.json) tidak diberikan.",
        "Nothing is proven about how much better another plan could be: "
        "the search's result (result.json) was not given.",
    ),
    "broken": (
        "Rencana ini melanggar aturan sebanyak {n} kali. Perbaiki sebelum dipakai.",
        "This plan breaks rules, {n} in all. Mend it before it is used.",
    ),
    "no_rule_broken": (
        "Rencana ini diperiksa: tidak ada aturan yang dilanggar.",
        "This plan was checked: no rule is broken.",
    ),
    "rule": ("Aturan", "Rule"),
    "what_is_wrong": ("Yang salah", "What is wrong"),
    # filter
    "filter": ("Saring", "Filter"),
    "all_teams": ("Semua tim", "All teams"),
    "all_districts": ("Semua kecamatan", "All districts"),
    "from": ("Dari tanggal", "From"),
    "to": ("Sampai tanggal", "To"),
    "show_all": ("Tampilkan semua", "Show all"),
    "shown": (
        "Ditampilkan: {visits} kunjungan, {pupils} siswa, {schools} sekolah",
        "Shown: {visits} visits, {pupils} pupils, {schools} schools",
    ),
    "nothing_shown": (
        "Tidak ada kunjungan yang cocok dengan saringan.",
        "No visit fits the filter.",
    ),
    # calendar
    "calendar": ("Kalender per tim dan hari", "Calendar by team and day"),
    "calendar_note": (
        "Satu baris untuk setiap tim dan hari; setiap balok satu kunjungan, dari persiapan alat "
        "sampai selesai berkemas, dengan jumlah siswa.",
        "One row for each team and day; each bar is a visit, from set-up to pack-up, with its "
        "number of pupils.",
    ),
    "week_chart": (
        "Bagan kunjungan {week}; tabel di bawah berisi hal yang sama",
        "Chart of the visits of {week}; the table below holds the same",
    ),
    "visits_table": ("Tabel semua kunjungan", "Table of all visits"),
    "status": ("Status", "Status"),
    "no_visits": ("Rencana ini tidak berisi kunjungan.", "The plan holds no visits."),
    # map
    "map": ("Peta sekolah dan rute harian", "Map of schools and a day's routes"),
    "map_note": (
        "Besar lambang menurut jumlah siswa; garis adalah rute tim pada hari yang dipilih, "
        "lurus antar sekolah, dari kantor asal dan kembali.",
        "Symbols are as large as the number of pupils; lines are the teams' routes of the chosen "
        "day, straight between schools, from the base and back.",
    ),
    "map_chart": (
        "Peta {schools} sekolah: {served} terlayani penuh, {partly} sebagian, {unserved} belum; "
        "tabel sekolah di bawah berisi hal yang sama",
        "Map of {schools} schools: {served} served fully, {partly} partly, {unserved} not yet; "
        "the table of schools below holds the same",
    ),
    "route_day": ("Rute pada", "Routes on"),
    "no_route": ("Tanpa rute", "No routes"),
    "map_of_schools": ("Peta sekolah", "Map of schools"),
    "map_of_day": ("Peta sekolah, rute {day}", "Map of schools, routes of {day}"),
    "served": ("terlayani penuh", "served fully"),
    "partly": ("terlayani sebagian", "served partly"),
    "not": ("belum terlayani", "not yet served"),
    "nobody": ("tidak ada siswa yang perlu direkam", "nobody to record"),
    # ledger
    "ledger": ("Blangko KTP-el", "Blank cards"),
    "ledger_chart": (
        "Stok blangko dari {first} ke {last}, terendah {low} pada {day}; tabel di bawah berisi hal "
        "yang sama",
        "Stock of blank cards from {first} to {last}, lowest with {low} on {day}; the table below "
        "holds the same",
    ),
    "ledger_table": ("Tabel blangko per hari", "Table of blank cards by day"),
    "level": ("stok", "stock"),
    "level_contingent": (
        "stok bila semua pengiriman tiba, dengan kunjungan bersyarat",
        "stock if every delivery arrives, with the contingent visits",
    ),
    "reserve_line": ("cadangan", "reserve"),
    "delivery_confirmed": ("pengiriman pasti", "confirmed delivery"),
    "delivery_unconfirmed": ("pengiriman belum pasti", "unconfirmed delivery"),
    "opening": ("Stok pagi", "Stock in the morning"),
    "delivered": ("Pengiriman", "Delivered"),
    "counters": ("Loket", "Counters"),
    "to_schools": ("Siswa", "Pupils"),
    "closing": ("Stok malam", "Stock in the evening"),
    "cards_none": (
        "Perekaman tidak memakai blangko di sini; hanya loket.",
        "Recording uses no blank cards here; only the counters do.",
    ),
    "backlog": (
        "Terekam tetapi belum dicetak di akhir: {n} kartu.",
        "Recorded but not printed by the end: {n} cards.",
    ),
    "short": (
        "Loket saja sudah menembus cadangan mulai {day}: kurang {n} kartu pada saat terburuk.",
        "The counters alone break the reserve from {day} on: {n} cards short at worst.",
    ),
    # schools
    "schools": ("Apa yang didapat setiap sekolah", "What each school gets"),
    "pupils": ("Siswa", "Pupils"),
    "recorded_column": ("Terekam", "Recorded"),
    "left_column": ("Sisa", "Left"),
    "state": ("Keadaan", "State"),
    "visits_column": ("Kunjungan", "Visits"),
    "reasons": ("Mengapa tidak lebih", "Why not more"),
    # differences
    "differences": ("Beda dari rencana sebelumnya", "Differences from the former plan"),
    "no_differences": (
        "Tidak ada yang berubah dari rencana sebelumnya.",
        "Nothing has changed from the former plan.",
    ),
    "differences_count": (
        "{kept} kunjungan tetap; {added} baru, {dropped} batal, {changed} berubah.",
        "{kept} visits stay as they were; {added} new, {dropped} dropped, {changed} changed.",
    ),
    "former": ("Sebelumnya", "Before"),
    "now": ("Sekarang", "Now"),
    "change": ("Perubahan", "Change"),
    "added": ("baru", "new"),
    "dropped": ("batal", "dropped"),
    "changed": ("berubah", "changed"),
    # words in cells
    "n_pupils": ("{n} siswa", "{n} pupils"),
    "made_with": ("Dibuat dengan ektp-sched {version}", "Made with ektp-sched {version}"),
    "scroll_table": ("Tabel, dapat digulir", "Table, can be scrolled"),
}


def text(name: str, language: Language, **values: object) -> str:
    """A text of the page with its values filled in.

    Raises
    ------
    KeyError
        There is no such text, or a value is lacking.
    """
    indonesian, english = _TEXTS[name]
    return (indonesian if language == "id" else english).format(**values)
