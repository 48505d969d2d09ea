"""The texts of the page and the workbook of many offices, each in both languages."""

from ektp_sched.texts.language import Language

_TEXTS: dict[str, tuple[str, str]] = {
    # name: (Indonesian, English)
    "title": (
        "Perekaman KTP-el di sekolah: semua Dinas Dukcapil",
        "e-KTP recording in schools: all offices",
    ),
    "offices_with_plan": (
        "{planned} dari {offices} Dinas punya rencana",
        "{planned} of {offices} offices have a plan",
    ),
    "no_plan": ("Tanpa rencana", "Without a plan"),
    "reason": ("Alasan", "Reason"),
    # headline
    "pupils_recorded": ("siswa terekam", "pupils recorded"),
    "of_due": ("dari {n} yang wajib", "of {n} due"),
    "pupils_left": ("siswa tersisa", "pupils left"),
    "gap": ("selisih dari batas", "gap"),
    "bound_is": ("tidak ada rencana yang melebihi {n}", "no plans record more than {n}"),
    "blanks_drawn": ("blangko untuk siswa", "blank cards drawn"),
    "blanks_of": ("dari {n} yang tersedia untuk sekolah", "of {n} there are for schools"),
    "schools": ("sekolah", "schools"),
    "in_offices": ("di {n} Dinas", "in {n} offices"),
    # map
    "map": ("Peta", "Map"),
    "map_note": (
        "Satu lingkaran untuk setiap Dinas; luasnya menurut jumlah siswa, warnanya menurut "
        "bagian yang terekam.",
        "A circle for each office; its area goes by pupils due, its colour by the share recorded.",
    ),
    "map_chart": (
        "Peta {n} Dinas; semua angka ada di tabel",
        "Map of {n} offices; all figures are in the table",
    ),
    "served": ("75% siswa atau lebih terekam", "75% of pupils or more recorded"),
    "partly": ("25% sampai 75%", "25% to 75%"),
    "not": ("kurang dari 25%", "less than 25%"),
    "nobody": ("tidak ada siswa yang perlu direkam", "nobody to record"),
    "spot": ("{office}: {recorded} dari {pupils} siswa", "{office}: {recorded} of {pupils} pupils"),
    # the sharing
    "sharing": ("Pembagian blangko", "How blank cards were shared out"),
    "sharing_note": (
        "{cards} blangko dibagikan sehingga {pupils} siswa terekam di semua Dinas yang "
        "dilayani; tidak ada pembagian lain yang melebihi {bound}. Angka ini diketahui saat "
        "membagi; rencana di atas mungkin sedikit lebih baik.",
        "{cards} cards are shared out so that {pupils} pupils are recorded in all offices that "
        "the pool serves; no other sharing records more than {bound}. This was known when they "
        "were shared; the plans above may do a little better.",
    ),
    "rule": ("Cara membagi", "How they are shared"),
    "best": ("di mana paling berguna", "where they are worth most"),
    "pupils": ("menurut jumlah siswa", "by pupils"),
    "requests": ("menurut permintaan", "by requests"),
    "first_come": ("siapa cepat dia dapat", "first come, first served"),
    "rule_pupils": ("Siswa terekam", "Pupils recorded"),
    "rule_fewer": ("Lebih sedikit", "Fewer"),
    "rule_most": ("Paling banyak", "At most"),
    "not_shared": ("Tanpa rencana saat membagi", "No plan when shared out"),
    "floors": ("Jatah minimum provinsi", "Floors of provinces"),
    "province": ("Provinsi", "Province"),
    "floor_least": ("Paling sedikit (blangko)", "At least (cards)"),
    "floor_cards": ("Diterima (blangko)", "Gets (cards)"),
    "percent": ("Persen", "Percent"),
    # table
    "offices": ("Dinas", "Offices"),
    "office": ("Dinas", "Office"),
    "schools_column": ("Sekolah", "Schools"),
    "pupils_column": ("Siswa", "Pupils"),
    "recorded_column": ("Terekam", "Recorded"),
    "left_column": ("Sisa", "Left"),
    "bound_column": ("Batas", "Bound"),
    "gap_column": ("Selisih", "Gap"),
    "blanks_column": ("Blangko", "Blanks"),
    "drawn_column": ("Terpakai", "Drawn"),
    "sent_column": ("Dari pusat", "From the pool"),
    "worth_column": ("Nilai satu kotak", "Worth of a box"),
    "seconds_column": ("Detik", "Seconds"),
    "failure_column": ("Mengapa tidak direncanakan", "Why not planned"),
    "left_alone": (
        "Tidak direncanakan ulang: rencananya diubah orang dan dibiarkan",
        "Not planned anew: plans that a person changed stand as they are",
    ),
    "total": ("Semua", "All"),
    "sort_note": ("Klik judul kolom untuk mengurutkan.", "Click a heading to sort by it."),
    "scroll_table": ("Tabel, dapat digulir", "Table, can be scrolled"),
    # notes of the workbook
    "recorded_meaning": (
        "Siswa dalam kunjungan yang pasti, termasuk yang sudah selesai",
        "Pupils in firm visits, those done included",
    ),
    "bound_meaning": (
        "Terbukti: tidak ada rencana yang lebih baik (siswa kali prioritas); semua siswa bila "
        "belum terbukti",
        "Proven: no plan does better (pupils times priority); all pupils where nothing is proven",
    ),
    "gap_meaning": ("(batas - nilai) / nilai", "(bound - value) / value"),
    "blanks_meaning": (
        "Boleh dipakai untuk sekolah sampai akhir rencana, sesudah loket dan cadangan",
        "May be drawn for schools until the plan ends, after counters and reserve",
    ),
    "sent_meaning": (
        "Dibagikan dari pusat, pasti; sudah termasuk di Blangko",
        "Shared out from the pool, confirmed; part of Blanks",
    ),
    "worth_meaning": (
        "Naiknya batas (siswa) dengan satu kotak lagi sejak hari pertama; 0: bukan blangko yang "
        "membatasi",
        "Pupils by which the bound rises with one box more from the first day on; 0: blanks are "
        "not the limit",
    ),
    # the workbook's other sheets
    "shipments": ("Pengiriman", "Shipments"),
    "date": ("Tanggal", "Date"),
    "cards": ("Blangko", "Cards"),
    "confirmed": ("Pasti", "Confirmed"),
    "yes": ("ya", "yes"),
    "no": ("belum", "not yet"),
    "rules": ("Cara membagi", "Rules"),
    # footer
    "offline": (
        "Halaman ini berisi jumlah saja, tanpa data pribadi, dan terbuka tanpa internet.",
        "This page holds counts only, nothing personal, and opens without a network.",
    ),
    "made_with": ("Dibuat dengan ektp-sched {version}", "Made with ektp-sched {version}"),
    "skip": ("Langsung ke isi", "Skip to the content"),
}


def text(name: str, language: Language, **values: object) -> str:
    """A text with its values filled in.

    Raises
    ------
    KeyError
        There is no such text, or a value is lacking.
    """
    indonesian, english = _TEXTS[name]
    return (indonesian if language == "id" else english).format(**values)
