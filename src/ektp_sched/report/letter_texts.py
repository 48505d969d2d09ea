"""The text of the built-in letters, in both languages.

Words in square brackets are for the office to fill in: numbers, names and dates that are not in a
problem. What stands between braces is filled in by report.letters; its names are in
docs/guides/letters.md.
"""

from typing import Literal

from ektp_sched.texts.language import Language

LetterKind = Literal["notice", "assignment"]

_TEXTS: dict[str, tuple[str, str]] = {
    # name: (Indonesian, English)
    "head 1": ("PEMERINTAH [KABUPATEN/KOTA]", "GOVERNMENT OF [REGENCY/CITY]"),
    "head 2": ("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "POPULATION AND CIVIL REGISTRY OFFICE"),
    "head 3": (
        "[alamat kantor, kode pos, telepon, surel]",
        "[address, postcode, telephone, e-mail]",
    ),
    "place and date": ("[tempat], [tanggal surat]", "[place], [date of letter]"),
    "number label": ("Nomor", "Number"),
    "number": ("[nomor surat]", "[letter number]"),
    "nature label": ("Sifat", "Class"),
    "nature": ("Biasa", "Ordinary"),
    "enclosures label": ("Lampiran", "Enclosures"),
    "enclosures": ("–", "none"),
    "subject label": ("Hal", "Subject"),
    "subject": (
        "Pemberitahuan Jadwal Perekaman KTP-el bagi Siswa",
        "Visits to record pupils for the electronic identity card",
    ),
    "to": ("Yth. Kepala {{ school }}", "To the head of {{ school }}"),
    "to place": ("di Tempat", "District {{ district }}"),
    "greeting": ("Dengan hormat,", "Dear Sir or Madam,"),
    "opening": (
        "Dalam rangka pelayanan jemput bola perekaman KTP elektronik (KTP-el) bagi siswa yang "
        "telah berusia 16 tahun, bersama ini kami beritahukan bahwa tim {{ office }} akan "
        "berkunjung ke {{ school }} (NPSN {{ npsn }}) dengan jadwal sebagai berikut:",
        "A mobile team of {{ office }} will visit {{ school }} (NPSN {{ npsn }}) to record pupils "
        "who are at least 16 years old for the electronic identity card (e-KTP), at these times:",
    ),
    "no": ("No.", "No."),
    "day": ("Hari, tanggal", "Date"),
    "clock": ("Pukul ({{ time_zone }})", "Time ({{ time_zone }})"),
    "team": ("Tim", "Team"),
    "classes": ("Siswa per kelas", "Pupils by class"),
    "pupils": ("Jumlah siswa", "Pupils"),
    "status": ("Keterangan", "Status"),
    "recording": ("perekaman", "recording"),
    "total": (
        "Jumlah seluruhnya {{ pupils }} siswa. Waktu kunjungan sudah mencakup persiapan alat "
        "dan berkemas.",
        "Pupils in all: {{ pupils }}. The times include set-up and packing.",
    ),
    "please confirm": (
        "Untuk kunjungan dengan keterangan “diusulkan”, mohon Bapak/Ibu berkenan memberikan "
        "konfirmasi paling lambat [tanggal konfirmasi] melalui [kontak dinas].",
        "Please confirm visits marked “proposed” by [date to answer by] to [contact].",
    ),
    "only if blanks": (
        "Kunjungan dengan keterangan “bersyarat” dilaksanakan hanya apabila blangko KTP-el "
        "telah kami terima; kepastiannya akan kami sampaikan kemudian.",
        "Visits marked “contingent” take place only if blank cards arrive; we shall let you know.",
    ),
    "please prepare": (
        "Demi kelancaran perekaman, kami mohon kesediaan Bapak/Ibu untuk menyiapkan:",
        "For each visit, please have ready:",
    ),
    "prepare 1": (
        "satu ruangan yang tenang dan cukup terang untuk {{ kits }} alat perekaman, siap digunakan "
        "sejak tim tiba;",
        "a quiet and well-lit room for the recording kits ({{ kits }}), from the team's arrival;",
    ),
    "prepare 2": (
        "satu meja, dua kursi, dan satu stopkontak untuk setiap alat perekaman, dengan aliran "
        "listrik yang stabil selama kunjungan;",
        "a table, two chairs and a power socket for each kit, with steady power for the whole "
        "visit;",
    ),
    "prepare 3": (
        "seorang guru atau pegawai sekolah yang mendampingi tim dan mengatur giliran siswa;",
        "a member of staff who stays with the team and sends the pupils in turn;",
    ),
    "prepare 4": (
        "siswa dari setiap kelas sesuai dengan jumlah pada jadwal di atas.",
        "the pupils of each class, in the numbers given above.",
    ),
    "pupils bring": ("Setiap siswa dimohon:", "Each pupil is asked:"),
    "bring 1": (
        "membawa fotokopi Kartu Keluarga (KK);",
        "to bring a photocopy of the family card (Kartu Keluarga);",
    ),
    "bring 2": (
        "mengenakan seragam sekolah yang rapi dan tidak memakai lensa kontak.",
        "to wear tidy school uniform and no contact lenses.",
    ),
    "closing": (
        "Demikian kami sampaikan. Atas perhatian dan kerja sama Bapak/Ibu, kami ucapkan terima "
        "kasih.",
        "Thank you for your attention and help.",
    ),
    "signer": ("[jabatan penanda tangan],", "[position of the signer],"),
    "signer name": ("[nama pejabat]", "[name of the signer]"),
    "signer number": ("NIP [NIP]", "NIP [NIP]"),
    "copies": ("Tembusan: [tembusan]", "Copies: [copies]"),
    "assignment": ("SURAT TUGAS", "ASSIGNMENT LETTER"),
    "assignment number": ("Nomor: [nomor surat]", "Number: [letter number]"),
    "basis label": ("Dasar", "Basis"),
    "basis": ("[dasar penugasan]", "[basis of the assignment]"),
    "assigns": ("MENUGASKAN", "ASSIGNS"),
    "whom label": ("Kepada", "To"),
    "whom": ("{{ team }}, dengan anggota:", "{{ team }}, with the members:"),
    "member": ("[nama anggota] / NIP [NIP]", "[name of the member] / NIP [NIP]"),
    "task label": ("Untuk", "Task"),
    "task": (
        "Melaksanakan perekaman KTP elektronik (KTP-el) bagi {{ pupils }} siswa di "
        "{{ schools }} sekolah, {{ period }}, dengan jadwal sebagai berikut:",
        "To record pupils for the electronic identity card (e-KTP), {{ pupils }} in all at "
        "{{ schools }} school(s), {{ period }}, at these times:",
    ),
    "leave": ("Berangkat", "Leave at"),
    "at school": ("Di sekolah ({{ time_zone }})", "At the school ({{ time_zone }})"),
    "school": ("Sekolah", "School"),
    "visit district": ("Kecamatan {{ visit.district }}", "District {{ visit.district }}"),
    "visit part": ("hanya dengan {{ visit.part }}", "with {{ visit.part }} only"),
    "visit needs": (
        "kebutuhan khusus: {{ visit.needs }}",
        "special needs: {{ visit.needs }}",
    ),
    "back": ("Kembali di kantor", "Back at base"),
    "only if told": (
        "Kunjungan dengan keterangan “diusulkan” atau “bersyarat” dilaksanakan hanya setelah "
        "dipastikan oleh dinas.",
        "Visits marked “proposed” or “contingent” take place only once the office has confirmed "
        "them.",
    ),
    "take along": ("Perlengkapan yang dibawa:", "To take along:"),
    "take 1": (
        "{{ kits }} set alat perekaman lengkap (kamera, pemindai sidik jari, pemindai iris, dan "
        "alat tanda tangan);",
        "recording kits: {{ kits }}, each with camera, fingerprint scanner, iris scanner and "
        "signature pad;",
    ),
    "take 2": (
        "kabel sambungan listrik dan sumber daya cadangan;",
        "extension leads and a spare power supply;",
    ),
    "take 3": (
        "formulir rekapitulasi jumlah siswa yang direkam per kelas.",
        "the form for the numbers of pupils recorded by class.",
    ),
    "report back": (
        "Setelah setiap kunjungan, jumlah siswa yang direkam per kelas dilaporkan kepada "
        "[jabatan penerima laporan].",
        "After each visit, the numbers of pupils recorded by class are reported to [position].",
    ),
    "assignment closing": (
        "Demikian surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab.",
        "This letter is issued to be carried out with full responsibility.",
    ),
    "issued at": ("Ditetapkan di [tempat]", "Issued at [place]"),
    "issued on": ("pada tanggal [tanggal surat]", "on [date of letter]"),
}


def text(name: str, language: Language) -> str:
    """A text of the letters, with its placeholders."""
    indonesian, english = _TEXTS[name]
    return indonesian if language == "id" else english
