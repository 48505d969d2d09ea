"""The office sheet: one setting a row, its value beside it."""

from ektp_sched.io.excel import kinds
from ektp_sched.io.excel.table import Both, Column, Sheet

CARD_WORDS = {
    "reserve": ("sediakan blangko", "reserve"),
    "later": ("cetak kemudian", "later"),
    "none": ("tanpa blangko", "none"),
}
TRAVEL_WORDS = {"estimate": ("perkiraan", "estimate"), "matrix": ("tabel", "table")}
HEADINGS = (
    Both("Pengaturan", "Setting"),
    Both("Isi", "Value"),
    Both("Keterangan", "Meaning"),
)

OFFICE = Sheet(
    "office",
    Both("Kantor", "Office"),
    Both("Isi kolom B.", "Fill in column B."),
    (
        Column(
            "name", kinds.TEXT, Both("Nama rencana", "Name of the plan"),
            Both("Muncul di judul.", "Shown in titles."), required=True,
        ),
        Column(
            "start", kinds.DATE, Both("Tanggal mulai", "First date"),
            Both("Hari pertama yang direncanakan.", "The first day to plan."), required=True,
        ),
        Column(
            "end", kinds.DATE, Both("Tanggal akhir", "Last date"),
            Both("Hari terakhir, termasuk.", "The last day, included."), required=True,
        ),
        Column(
            "time_zone", kinds.TEXT, Both("Zona waktu", "Time zone"),
            Both(
                "Asia/Jakarta (WIB), Asia/Makassar (WITA) atau Asia/Jayapura (WIT).",
                "Asia/Jakarta, Asia/Makassar or Asia/Jayapura.",
            ), default="Asia/Jakarta",
        ),
        Column(
            "time_step", kinds.WHOLE, Both("Langkah waktu", "Time step"),
            Both("Kunjungan mulai dan selesai pada kelipatan menit ini.",
                 "Visits start and end on multiples of these minutes."), default=5,
        ),
        Column(
            "working_days", kinds.WEEKDAY_LIST, Both("Hari kerja loket", "Counter days"),
            Both("Hari loket kantor buka.", "Days on which the office's counters work."),
            default=("mon", "tue", "wed", "thu", "fri"),
        ),
        Column(
            "stock.opening", kinds.WHOLE, Both("Stok awal blangko", "Opening stock"),
            Both("Keping pada pagi hari pertama.", "Cards on the first morning."), required=True,
        ),
        Column(
            "stock.reserve", kinds.WHOLE, Both("Cadangan blangko", "Reserve"),
            Both("Stok tidak boleh kurang dari ini.", "The stock never falls below."), default=0,
        ),
        Column(
            "stock.walk_in_per_day", kinds.WHOLE, Both("Loket per hari", "Counter cards a day"),
            Both("Blangko yang dipakai loket setiap hari kerja.",
                 "Cards that the counters use on each working day."), default=0,
        ),
        Column(
            "stock.cards", kinds.choice(CARD_WORDS), Both("Cara hitung blangko", "Card counting"),
            Both(
                "sediakan blangko = rekam hanya bila blangko ada; cetak kemudian = rekam semua, "
                "cetak saat ada; tanpa blangko = rekam saja.",
                "reserve = record only if a blank is there; later = record all, print when there "
                "are blanks; none = recording only.",
            ), default="reserve",
        ),
        Column(
            "travel.kind", kinds.choice(TRAVEL_WORDS), Both("Waktu tempuh", "Travel times"),
            Both("perkiraan dari jarak, atau tabel dari lembar Tabel waktu tempuh.",
                 "estimate from distances, or table from the sheet Travel table."),
            default="estimate",
        ),
        Column(
            "travel.speed_kmh", kinds.DECIMAL, Both("Kecepatan km per jam", "Speed in km per hour"),
            Both("Untuk perkiraan.", "For the estimate."), default=25,
        ),
        Column(
            "travel.detour", kinds.DECIMAL, Both("Faktor memutar", "Detour factor"),
            Both("Jalan dibanding garis lurus.", "Road compared with a straight line."),
            default=1.4,
        ),
        Column(
            "travel.fixed_minutes", kinds.DECIMAL, Both("Menit tetap", "Fixed minutes"),
            Both("Ditambahkan pada setiap perjalanan.", "Added to each drive."), default=5,
        ),
        Column(
            "policy.minutes_away_per_student", kinds.WHOLE,
            Both("Menit keluar kelas", "Minutes away from class"),
            Both("Per siswa yang direkam.", "For each pupil recorded."), default=15,
        ),
    ),
    required=True,
    upright=True,
)  # fmt: skip
