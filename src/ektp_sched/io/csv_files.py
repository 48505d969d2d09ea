"""CSV text that spreadsheets open as it is meant: nothing in a cell is a formula or markup."""

import csv
import io
from collections.abc import Iterable, Sequence

from ektp_sched.io.harmless import harmless

BYTE_ORDER_MARK = "\ufeff"  # tells Excel that the file is UTF-8


def csv_text(
    headings: Sequence[str], rows: Iterable[Sequence[str | int]], *, separator: str
) -> str:
    """A table as CSV (RFC 4180), with a byte order mark; text in quotes, numbers without.

    `separator` has to be the one that the reader's Excel splits lists with: ";" where the decimal
    mark is a comma, as in Indonesia, "," where it is a point.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC)
    for row in (headings, *rows):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return BYTE_ORDER_MARK + text.getvalue()
