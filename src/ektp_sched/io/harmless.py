"""Names made harmless for programs that take text for a formula or for markup."""

import re

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
