"""The two languages of everything that a planner reads."""

import locale
from typing import Literal

Language = Literal["id", "en"]


def usual_language() -> Language:
    """Indonesian where the user's locale is, English otherwise."""
    name = locale.getlocale()[0] or ""
    return "id" if name.lower().startswith(("id", "indonesia")) else "en"
