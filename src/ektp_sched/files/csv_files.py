"""CSV text that spreadsheets open as it is meant: nothing in a cell is a formula or markup."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# The place before what a spreadsheet takes for the begin of a formula, full-width forms included:
# at the start of a cell, and after a separator, since a file that is opened with another one than
# it was written with falls into other cells.
_FORMULA = re.compile("(?:^|(?<=[,;|\t\r\n]))[ '\"]*(?=[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r])")
_MARKUP = str.maketrans({"<": "‹", ">": "›", '"': "”"})


def harmless(text: str) -> str:
    """The text with no formula and no markup in it.

    An apostrophe goes before what would begin a formula; angle brackets and straight double
    quotes become typographic ones. Ordinary names stay as they are.
    """
    return _FORMULA.sub(r"\g<0>'", text).translate(_MARKUP)


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
