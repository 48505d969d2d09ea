"""The first sheet of a workbook: what to do with the others. It is never read."""

from openpyxl.worksheet.worksheet import Worksheet

from ektp_sched.io.excel import styles
from ektp_sched.io.excel.sheets import SHEETS
from ektp_sched.io.excel.table import Both
from ektp_sched.language import Language

TITLE = Both("Petunjuk", "Guide")
_WIDTHS = [28, 90]
_HEAD = Both("Rencana perekaman KTP-el di sekolah", "Planning e-KTP recording at schools")
_LINES = (
    Both(
        "1. Isi lembar Kantor, Kantor asal, Sekolah, Siswa, Jam sekolah, Tim, dan Jam kerja tim. "
        "Lembar lain boleh kosong.",
        "1. Fill in the sheets Office, Bases, Schools, Pupils, School hours, Teams and Shifts. "
        "The others may stay blank.",
    ),
    Both(
        "2. Judul kolom berwarna merah dengan * wajib diisi. Arahkan tetikus ke judul untuk "
        "penjelasan.",
        "2. Columns with a red heading and * must be filled in. Move the mouse over a heading for "
        "its meaning.",
    ),
    Both(
        'Baris abu-abu yang diawali "contoh:" hanya contoh: tidak dibaca, boleh dihapus.',
        'Grey rows that begin with "example:" are examples only: never read, free to be deleted.',
    ),
    Both(
        "Hanya jumlah siswa yang dicatat. Jangan menulis nama, NIK, atau tanggal lahir siswa: "
        "kolom seperti itu ditolak.",
        "Only numbers of pupils are handled. Write no pupil's name, NIK or birth date: such a "
        "column is refused.",
    ),
    Both(
        "NPSN ditulis sebagai teks, 8 karakter. Tanggal: 05/08/2026 atau 5 Agustus 2026 (hari "
        "lebih dulu). Jam: 07:30.",
        "Write a NPSN as text, 8 characters. Dates: 05/08/2026 or 5 August 2026 (day first). "
        "Times: 07:30.",
    ),
    Both(
        "Hari libur nasional dan cuti bersama sudah diisi; periksa dengan keputusan resmi dan "
        "ubah bila perlu.",
        "Public holidays and collective leave are filled in; check them against the official "
        "decree and change what differs.",
    ),
    Both(
        "Kolom catatan sendiri boleh ditambahkan bila judulnya diawali Catatan; begitu pula "
        "lembar lain dengan nama lain.",
        "You may add columns of your own whose heading begins with Note, and sheets with other "
        "names.",
    ),
    Both(
        "3. Simpan sebagai .xlsx dan periksa isinya: ektp-sched check kota.xlsx. Lalu susun "
        "jadwalnya: ektp-sched plan kota.xlsx -o hasil",
        "3. Save as .xlsx and have it looked through: ektp-sched check city.xlsx. Then plan: "
        "ektp-sched plan city.xlsx -o out",
    ),
)


def write_guide(page: Worksheet, language: Language) -> None:
    """Write the sheet: the steps, then what each sheet is for."""
    page.title = TITLE.of(language)
    styles.put(page["A1"], _HEAD.of(language))
    page["A1"].font = styles.TITLE_FONT
    for number, both in enumerate(_LINES, start=3):
        cell = page.cell(number, 1)
        page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
        styles.put(cell, both.of(language))
        cell.alignment = styles.WRAPPED
        styles.set_height(page, number, [(both.of(language), sum(_WIDTHS))])
    top = len(_LINES) + 4
    for number, sheet in enumerate(SHEETS, start=top):
        styles.heading(page.cell(number, 1), sheet.name.of(language), required=sheet.required)
        meaning = page.cell(number, 2)
        styles.put(meaning, sheet.note.of(language))
        meaning.alignment = styles.WRAPPED
        styles.set_height(page, number, [(meaning.value, _WIDTHS[1])])
    styles.set_widths(page, _WIDTHS)
    styles.set_paper(page)
