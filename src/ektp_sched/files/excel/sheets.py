"""The sheets of a workbook: the one table that reading, the template and writing go by."""

import datetime as dt

from ektp_sched.domain import (
    TERMS,
    Base,
    Break,
    Closed,
    Cohort,
    Delivery,
    ExtraHours,
    Floor,
    Hours,
    School,
    Shift,
    Team,
    TravelOverride,
    WeightedTerm,
)
from ektp_sched.files.excel import table as kinds
from ektp_sched.files.excel.table import Both, Column, Sheet

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


TERM_WORDS = {
    "students": ("siswa terekam", "pupils recorded"),
    "shortfall": ("kekurangan dari batas bawah", "shortfall of floors"),
    "schools": ("sekolah dikunjungi", "schools visited"),
    "lessons": ("jam pelajaran terganggu", "lessons missed"),
    "travel": ("menit perjalanan", "minutes driven"),
    "team_days": ("hari kerja tim", "team-days used"),
    "wait": ("hari menunggu", "days waited"),
    "changes": ("perubahan jadwal", "changes of the schedule"),
}
STATUS_WORDS = {
    "proposed": ("diusulkan", "proposed"),
    "confirmed": ("disetujui", "confirmed"),
    "done": ("selesai", "done"),
    "contingent": ("bersyarat", "contingent"),
}
GROUP_WORDS = {"district": ("kecamatan", "district"), "kind": ("bentuk", "kind")}
HOLIDAY_WORDS = {
    "public": ("libur nasional", "public holiday"),
    "collective": ("cuti bersama", "collective leave"),
    "local": ("libur daerah", "local holiday"),
}
assert set(TERM_WORDS) == set(TERMS)

_AUGUST_17 = dt.date(2026, 8, 17)
_MONDAY = dt.date(2026, 7, 20)
_NPSN = "10700001"
_ALSO_SCHOOL = ("sekolah", "nama sekolah", "npsn", "school name")
_ALSO_TEAM = ("tim", "nama tim", "team name")

_START = Both("Mulai", "Start")
_END = Both("Selesai", "End")
_PERCENT = Column(
    "lesson_percent",
    kinds.PERCENT,
    Both("Persen pelajaran", "Lesson percent"),
    Both(
        "Berapa persen dari waktu ini jam pelajaran. Kosong = 100.",
        "How much of this time is lessons, in percent. Blank = 100.",
    ),
    default=100,
    example=75,
)
_DAYS = Column(
    "days",
    kinds.WEEKDAY_LIST,
    Both("Hari", "Days"),
    Both("Hari, misalnya Senin-Kamis, Sabtu.", "Days, such as Monday-Thursday, Saturday."),
    required=True,
    example=("mon", "tue", "wed", "thu"),
    width=22,
)
_SCHOOLS = Column(
    "school",
    kinds.some_ids("schools"),
    Both("NPSN sekolah", "School NPSN"),
    Both(
        "Satu NPSN (atau nama sekolah, bila hanya satu yang bernama itu), beberapa dengan titik "
        'koma, atau "semua" untuk semua sekolah.',
        "One NPSN (or a school's name, where no other has it), several with semicolons, or "
        '"all" for all schools.',
    ),
    required=True,
    example=_NPSN,
    width=20,
    also=_ALSO_SCHOOL,
)
_TEAMS = Column(
    "team",
    kinds.some_ids("teams"),
    Both("Kode tim", "Team code"),
    Both(
        'Satu kode atau nama tim, beberapa dengan titik koma, atau "semua".',
        'One code or name of a team, several with semicolons, or "all".',
    ),
    required=True,
    example="tim-1",
    also=_ALSO_TEAM,
)
_FROM_TIME = Column(
    "start", kinds.CLOCK, Both("Dari jam", "From time"), Both("Misalnya 07:30.", "Such as 07:30."),
    required=True, example=dt.time(7, 30),
)  # fmt: skip
_TO_TIME = Column(
    "end", kinds.CLOCK, Both("Sampai jam", "To time"), Both("Misalnya 12:00.", "Such as 12:00."),
    required=True, example=dt.time(12, 0),
)  # fmt: skip
_FROM_DATE = Column(
    "start", kinds.DATE, Both("Dari tanggal", "From date"),
    Both("Hari pertama.", "The first day."), required=True, example=_MONDAY,
)  # fmt: skip
_TO_DATE = Column(
    "end", kinds.DATE, Both("Sampai tanggal", "To date"),
    Both("Hari terakhir, termasuk.", "The last day, included."),
    required=True, example=_MONDAY + dt.timedelta(days=4),
)  # fmt: skip
_REASON = Column(
    "reason", kinds.TEXT, Both("Alasan", "Reason"),
    Both("Boleh kosong.", "May be blank."), example="ujian", width=28,
)  # fmt: skip
_LAT = Column(
    "location.lat", kinds.DECIMAL, Both("Lintang", "Latitude"),
    Both("Derajat; di selatan khatulistiwa negatif.", "Degrees; negative south of the equator."),
    required=True, example=-3.8,
)  # fmt: skip
_LON = Column(
    "location.lon", kinds.DECIMAL, Both("Bujur", "Longitude"),
    Both("Derajat, di Indonesia 95 sampai 141.", "Degrees, in Indonesia 95 to 141."),
    required=True, example=102.27,
)  # fmt: skip


def _code(example: str, what: Both) -> Column:
    return Column(
        "id", kinds.ID, Both("Kode", "Code"), what, required=True, example=example, width=16
    )


def _name(heading: Both, example: str) -> Column:
    note = Both("Nama seperti pada surat.", "The name as in letters.")
    return Column("name", kinds.TEXT, heading, note, required=True, example=example, width=34)


def _limit(key: str, heading: Both, note: Both, default: int | None, example: int) -> Column:
    return Column(key, kinds.WHOLE, heading, note, default=default, example=example, width=12)


BASES = Sheet(
    "bases",
    Both("Kantor asal", "Bases"),
    Both("Tempat tim berangkat dan kembali.", "Where teams leave from and return to."),
    (
        _code("dukcapil", Both("Kode pendek pilihan Anda.", "A short code of your choice.")),
        _name(Both("Nama", "Name"), "Dinas Dukcapil"),
        _LAT,
        _LON,
    ),
    Base,
    required=True,
)
SCHOOLS = Sheet(
    "schools",
    Both("Sekolah", "Schools"),
    Both("Satu baris untuk setiap sekolah.", "One row for each school."),
    (
        Column(
            "id",
            kinds.ID,
            Both("NPSN", "NPSN"),
            Both("8 karakter, sebagai teks.", "8 characters, as text."),
            required=True,
            example=_NPSN,
            width=16,
        ),
        _name(Both("Nama sekolah", "School name"), "SMA Contoh"),
        Column(
            "kind",
            kinds.TEXT,
            Both("Bentuk", "Kind"),
            Both("SMA, SMK, MA, SLB atau lainnya.", "SMA, SMK, MA, SLB or another."),
            required=True,
            example="SMA",
            width=10,
        ),
        Column(
            "district",
            kinds.TEXT,
            Both("Kecamatan", "District"),
            Both("Nama kecamatan.", "The district's name."),
            required=True,
            example="Ratu Agung",
            width=20,
        ),
        _LAT,
        _LON,
        _limit(
            "setup_minutes", Both("Menit persiapan", "Set-up minutes"),
            Both("Memasang alat. Kosong = 30.", "To set up. Blank = 30."), 30, 30,
        ),
        _limit(
            "teardown_minutes", Both("Menit berkemas", "Pack-up minutes"),
            Both("Mengemas alat. Kosong = 15.", "To pack up. Blank = 15."), 15, 15,
        ),
        _limit(
            "seconds_per_student", Both("Detik per siswa", "Seconds per pupil"),
            Both(
                "Per alat, bila berbeda dari tim. Kosong = menurut tim.",
                "For one kit, where not the team's. Blank = the team's.",
            ), None, 300,
        ),
        _limit(
            "max_visits", Both("Kunjungan terbanyak", "Most visits"),
            Both("Kosong = 3.", "Blank = 3."), 3, 3,
        ),
        _limit(
            "min_gap_days", Both("Jeda hari", "Gap days"),
            Both("Hari di antara dua kunjungan. Kosong = 0.", "Days between visits. Blank = 0."),
            0, 0,
        ),
        _limit(
            "min_students", Both("Siswa paling sedikit", "Fewest pupils"),
            Both("Per kunjungan. Kosong = 10.", "For one visit. Blank = 10."), 10, 10,
        ),
        _limit(
            "max_teams_per_day", Both("Tim per hari", "Teams per day"),
            Both("Tim terbanyak pada satu hari. Kosong = 1.", "Most teams a day. Blank = 1."), 1, 1,
        ),
        Column(
            "needs", kinds.TAGS, Both("Kebutuhan", "Needs"),
            Both(
                "Keahlian yang harus dimiliki tim, dengan titik koma.",
                "Skills a team must have, with semicolons.",
            ), example=frozenset({"ramah disabilitas"}), width=22,
        ),
        Column(
            "not_before", kinds.DATE, Both("Paling awal", "Not before"),
            Both("Tidak sebelum tanggal ini.", "Not before this date."),
            example=dt.date(2026, 7, 27),
        ),
        Column(
            "not_after", kinds.DATE, Both("Paling akhir", "Not after"),
            Both("Tidak sesudah tanggal ini.", "Not after this date."),
            example=dt.date(2026, 9, 30),
        ),
    ),
    School,
    required=True,
)  # fmt: skip
PUPILS = Sheet(
    "schools.cohorts",
    Both("Siswa", "Pupils"),
    Both(
        "Jumlah siswa per kelas atau bulan lahir. Tanpa nama, NIK, atau tanggal lahir.",
        "Numbers of pupils by class or month of birth. Counts only: no name, NIK or birth date.",
    ),
    (
        _SCHOOLS,
        Column(
            "name",
            kinds.TEXT,
            Both("Kelas", "Class"),
            Both("Nama kelas atau kelompok.", "Name of the class or group."),
            required=True,
            example="XII IPA 1",
            width=22,
        ),
        Column(
            "students",
            kinds.WHOLE,
            Both("Jumlah siswa", "Number of pupils"),
            Both("Yang belum punya KTP-el.", "Those without an e-KTP."),
            required=True,
            example=36,
        ),
        Column(
            "birth_month",
            kinds.MONTH,
            Both("Bulan lahir", "Birth month"),
            Both(
                "Bila satu baris = satu bulan lahir. Semua boleh direkam mulai bulan sesudah "
                "bulan ulang tahun ke-16; blangko disediakan mulai tanggal 1 bulan ulang tahun "
                "ke-17. Kosong = menurut kolom berikut.",
                "If a row is one month of birth. All may be recorded from the month after "
                "their 16th birthday; blanks are kept from day 1 of the month of the 17th. "
                "Blank = as the next columns say.",
            ),
            example=dt.date(2009, 3, 1),
        ),
        Column(
            "record_from",
            kinds.DATE,
            Both("Rekam mulai", "Record from"),
            Both("Semua berusia 16. Kosong = sudah.", "All are 16. Blank = already."),
        ),
        Column(
            "card_from",
            kinds.DATE,
            Both("Cetak mulai", "Card from"),
            Both("Berusia 17. Kosong = sudah.", "They turn 17. Blank = already."),
        ),
        _limit(
            "priority",
            Both("Prioritas", "Priority"),
            Both("Kosong = 1. Lebih besar lebih penting.", "Blank = 1. Larger counts more."),
            1,
            1,
        ),
    ),
    Cohort,
    owner="school",
)
HOURS = Sheet(
    "schools.hours",
    Both("Jam sekolah", "School hours"),
    Both(
        "Kapan sekolah dapat dikunjungi setiap minggu.", "When a school can be visited each week."
    ),
    (_SCHOOLS, _DAYS, _FROM_TIME, _TO_TIME, _PERCENT),
    Hours,
    owner="school",
)
EXTRA_HOURS = Sheet(
    "schools.extra_hours",
    Both("Jam tambahan", "Extra hours"),
    Both("Jam buka lain pada satu tanggal.", "Other open hours on one date."),
    (
        _SCHOOLS,
        Column(
            "date", kinds.DATE, Both("Tanggal", "Date"), Both("Tanggalnya.", "The date."),
            required=True, example=_MONDAY,
        ),
        _FROM_TIME,
        _TO_TIME,
        _PERCENT,
        Column(
            "replaces", kinds.FLAG, Both("Menggantikan", "Replaces"),
            Both(
                "ya = menggantikan jam biasa. Kosong = tidak.",
                "yes = stands for the weekly hours. Blank = no.",
            ), default=False, example=True,
        ),
    ),
    ExtraHours,
    owner="school",
)  # fmt: skip
CLOSED = Sheet(
    "schools.closed",
    Both("Sekolah tutup", "Closed dates"),
    Both("Ujian, MPLS, libur sekolah.", "Exams, first days of the year, school holidays."),
    (_SCHOOLS, _FROM_DATE, _TO_DATE, _REASON),
    Closed,
    owner="school",
)
TEAMS = Sheet(
    "teams",
    Both("Tim", "Teams"),
    Both("Satu baris untuk setiap tim keliling.", "One row for each mobile team."),
    (
        _code("tim-1", Both("Kode pendek pilihan Anda.", "A short code of your choice.")),
        _name(Both("Nama tim", "Team name"), "Tim 1"),
        Column(
            "base",
            kinds.one_id("bases"),
            Both("Kode kantor asal", "Base code"),
            Both("Kode atau nama dari lembar Kantor asal.", "A code or name of the sheet Bases."),
            required=True,
            example="dukcapil",
            width=18,
            also=("kantor asal", "nama kantor asal", "base name"),
        ),
        _limit("kits", Both("Jumlah alat", "Kits"), Both("Kosong = 2.", "Blank = 2."), 2, 2),
        _limit(
            "seconds_per_student",
            Both("Detik per siswa", "Seconds per pupil"),
            Both("Satu alat. Kosong = 210.", "One kit. Blank = 210."),
            210,
            210,
        ),
        Column(
            "skills",
            kinds.TAGS,
            Both("Keahlian", "Skills"),
            Both("Dengan titik koma.", "With semicolons."),
            example=frozenset({"ramah disabilitas"}),
            width=22,
        ),
        _limit(
            "max_visits_per_day",
            Both("Kunjungan per hari", "Visits per day"),
            Both("Terbanyak. Kosong = tidak dibatasi.", "At most. Blank = no limit."),
            None,
            3,
        ),
        _limit(
            "max_travel_minutes",
            Both("Menit jalan per hari", "Drive minutes per day"),
            Both("Terbanyak. Kosong = tidak dibatasi.", "At most. Blank = no limit."),
            None,
            180,
        ),
        Column(
            "stands_in_for",
            kinds.one_id("teams"),
            Both("Menggantikan tim", "Stands in for"),
            Both(
                "Kosong, kecuali baris ini bagian dari tim lain pada beberapa tanggal.",
                "Blank, unless this row is a part of another team on some dates.",
            ),
            width=18,
        ),
    ),
    Team,
    required=True,
)
SHIFTS = Sheet(
    "teams.shifts",
    Both("Jam kerja tim", "Shifts"),
    Both("Dari berangkat sampai kembali ke kantor.", "From leaving the base to being back."),
    (_TEAMS, _DAYS, _FROM_TIME, _TO_TIME),
    Shift,
    owner="team",
)
BREAKS = Sheet(
    "teams.breaks",
    Both("Istirahat", "Breaks"),
    Both("Istirahat tim di antara dua jam.", "A rest of the team between two times."),
    (
        _TEAMS,
        _DAYS,
        Column(
            "minutes", kinds.WHOLE, Both("Menit", "Minutes"),
            Both("Lamanya.", "How long."), required=True, example=60,
        ),
        Column(
            "earliest", kinds.CLOCK, Both("Paling cepat", "Earliest"),
            Both("Tidak mulai sebelum jam ini.", "Does not begin before."),
            required=True, example=dt.time(11, 30),
        ),
        Column(
            "latest", kinds.CLOCK, Both("Paling lambat", "Latest"),
            Both("Sudah selesai pada jam ini.", "Is over by then."),
            required=True, example=dt.time(13, 30),
        ),
    ),
    Break,
    owner="team",
)  # fmt: skip
TEAM_OFF = Sheet(
    "teams.off",
    Both("Tim tidak bertugas", "Teams off"),
    Both("Cuti, pelatihan, alat rusak.", "Leave, training, a broken kit."),
    (_TEAMS, _FROM_DATE, _TO_DATE, _REASON),
    Closed,
    owner="team",
)
DELIVERIES = Sheet(
    "stock.deliveries",
    Both("Pengiriman blangko", "Deliveries"),
    Both("Blangko yang akan datang.", "Blank cards that will come."),
    (
        Column(
            "date", kinds.DATE, Both("Tanggal", "Date"), Both("Tiba.", "Of arrival."),
            required=True, example=dt.date(2026, 8, 10),
        ),
        Column(
            "cards", kinds.WHOLE, Both("Jumlah blangko", "Cards"), Both("Keping.", "How many."),
            required=True, example=2000,
        ),
        Column(
            "confirmed", kinds.FLAG, Both("Sudah pasti", "Confirmed"),
            Both(
                "Hanya yang pasti dihitung untuk kunjungan tetap.",
                "Only confirmed ones count for firm visits.",
            ), required=True, example=False,
        ),
    ),
    Delivery,
)  # fmt: skip
WALK_INS = Sheet(
    "stock.walk_in_overrides",
    Both("Loket per tanggal", "Counters by date"),
    Both(
        "Blangko yang dipakai loket pada tanggal tertentu.",
        "Cards that the counters use on certain dates.",
    ),
    (
        Column(
            "date", kinds.DATE, Both("Tanggal", "Date"), Both("Satu tanggal.", "One date."),
            required=True, example=_MONDAY,
        ),
        Column(
            "cards", kinds.WHOLE, Both("Jumlah blangko", "Cards"), Both("Keping.", "How many."),
            required=True, example=80,
        ),
    ),
)  # fmt: skip
HOLIDAYS = Sheet(
    "holidays",
    Both("Hari libur", "Holidays"),
    Both(
        "Periksa dan ubah sesuai keputusan resmi dan keadaan daerah.",
        "Check and change by the official decree and local custom.",
    ),
    (
        Column(
            "date", kinds.DATE, Both("Tanggal", "Date"), Both("Satu tanggal.", "One date."),
            required=True, example=_AUGUST_17,
        ),
        Column(
            "name", kinds.TEXT, Both("Nama hari libur", "Holiday"),
            Both("Untuk dibaca saja.", "For the reader only."),
            example="Hari Kemerdekaan", width=40,
        ),
        Column(
            "sort", kinds.choice(HOLIDAY_WORDS), Both("Jenis", "Sort"),
            Both("Untuk dibaca saja.", "For the reader only."), example="public", width=20,
        ),
        Column(
            "observed", kinds.FLAG, Both("Berlaku", "Observed"),
            Both(
                "tidak = tetap bekerja. Kosong = ya.",
                "no = work goes on. Blank = yes.",
            ), default=True, example=True,
        ),
    ),
)  # fmt: skip
OVERRIDES = Sheet(
    "travel.overrides",
    Both("Waktu tempuh khusus", "Travel overrides"),
    Both(
        "Menit perjalanan yang sudah diketahui, satu arah.",
        "Minutes of travel that are known, one way.",
    ),
    (
        Column(
            "from", kinds.one_id("places"), Both("Dari", "From"),
            Both(
                "Kode atau nama kantor asal, NPSN atau nama sekolah.",
                "A base's code or name, a NPSN or a school's name.",
            ),
            required=True, example="dukcapil", width=18,
        ),
        Column(
            "to", kinds.one_id("places"), Both("Ke", "To"),
            Both(
                "Kode atau nama kantor asal, NPSN atau nama sekolah.",
                "A base's code or name, a NPSN or a school's name.",
            ),
            required=True, example=_NPSN, width=18,
        ),
        Column(
            "minutes", kinds.WHOLE, Both("Menit", "Minutes"), Both("Satu arah.", "One way."),
            required=True, example=25,
        ),
    ),
    TravelOverride,
)  # fmt: skip
TIERS = Sheet(
    "policy.tiers",
    Both("Tujuan", "Aims"),
    Both(
        "Apa yang paling penting: 1 mengalahkan 2, 2 mengalahkan 3. Kosong = urutan baku.",
        "What matters most: 1 beats 2, 2 beats 3. Blank = the usual order.",
    ),
    (
        Column(
            "tier", kinds.WHOLE, Both("Urutan", "Order"),
            Both("1 = paling penting.", "1 = most important."), required=True, example=1,
        ),
        Column(
            "term", kinds.choice(TERM_WORDS), Both("Tujuan", "Aim"),
            Both("Pilih dari daftar.", "Choose from the list."),
            required=True, example="students", width=32,
        ),
        Column(
            "weight", kinds.WHOLE, Both("Bobot", "Weight"),
            Both("Di dalam satu urutan. Kosong = 1.", "Inside one order. Blank = 1."),
            default=1, example=1,
        ),
    ),
    WeightedTerm,
)  # fmt: skip
FLOORS = Sheet(
    "policy.floors",
    Both("Batas bawah", "Floors"),
    Both(
        "Sekian persen siswa suatu kecamatan atau bentuk harus terekam.",
        "So many percent of the pupils of a district or kind should be recorded.",
    ),
    (
        Column(
            "by", kinds.choice(GROUP_WORDS), Both("Menurut", "By"),
            Both("Pilih dari daftar.", "Choose from the list."), required=True, example="kind",
        ),
        Column(
            "value", kinds.TEXT, Both("Nilai", "Value"),
            Both("Seperti di lembar Sekolah.", "As in the sheet Schools."),
            required=True, example="SLB", width=22,
        ),
        Column(
            "percent", kinds.PERCENT, Both("Persen", "Percent"),
            Both("0 sampai 100.", "0 to 100."), required=True, example=100,
        ),
    ),
    Floor,
)  # fmt: skip
COMMITMENTS = Sheet(
    "commitments",
    Both("Kunjungan disepakati", "Commitments"),
    Both(
        "Kunjungan yang sudah disetujui atau selesai. Satu baris per kelas; baris dengan sekolah, "
        "tim, tanggal dan jam mulai yang sama adalah satu kunjungan.",
        "Visits that are confirmed or done. One row for each class; rows of the same school, team, "
        "date and start are one visit.",
    ),
    (
        Column(
            "school", kinds.one_id("schools"), Both("NPSN sekolah", "School NPSN"),
            Both("NPSN atau nama dari lembar Sekolah.", "A NPSN or name of the sheet Schools."),
            required=True, example=_NPSN, width=20, also=_ALSO_SCHOOL,
        ),
        Column(
            "team", kinds.one_id("teams"), Both("Kode tim", "Team code"),
            Both("Kode atau nama dari lembar Tim.", "A code or name of the sheet Teams."),
            required=True, example="tim-1", also=_ALSO_TEAM,
        ),
        Column(
            "date", kinds.DATE, Both("Tanggal", "Date"), Both("Tanggalnya.", "The date."),
            required=True, example=dt.date(2026, 7, 28),
        ),
        _FROM_TIME,
        _TO_TIME,
        Column(
            "status", kinds.choice(STATUS_WORDS), Both("Status", "Status"),
            Both("disetujui atau selesai.", "confirmed or done."),
            required=True, example="confirmed",
        ),
        Column(
            "cohort", kinds.TEXT, Both("Kelas", "Class"),
            Both("Seperti di lembar Siswa.", "As in the sheet Pupils."),
            example="XII IPA 1", width=22,
        ),
        Column(
            "students", kinds.WHOLE, Both("Jumlah siswa", "Number of pupils"),
            Both("Yang direkam.", "To be recorded."), example=36,
        ),
    ),
)  # fmt: skip
MATRIX = Sheet(
    "travel.matrix",
    Both("Tabel waktu tempuh", "Travel table"),
    Both(
        "Hanya bila di lembar Kantor waktu tempuh = tabel: kode di baris 1 dan kolom A, "
        "menit di dalamnya.",
        "Only if the sheet Office says travel times = table: codes in row 1 and column A, "
        "minutes inside.",
    ),
    (),
)

SHEETS: tuple[Sheet, ...] = (
    OFFICE,
    BASES,
    SCHOOLS,
    PUPILS,
    HOURS,
    EXTRA_HOURS,
    CLOSED,
    TEAMS,
    SHIFTS,
    BREAKS,
    TEAM_OFF,
    DELIVERIES,
    WALK_INS,
    HOLIDAYS,
    TIERS,
    FLOORS,
    OVERRIDES,
    MATRIX,
    COMMITMENTS,
)
