"""Numbers as they are written in both languages: 1,234.5 and 1.234,5."""

from ektp_sched.texts.language import Language, percentage, speaking, with_signs_of


def number(value: float, language: Language, *, decimals: int = 0) -> str:
    """A number with its thousands set apart and no more decimals than it needs."""
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return with_signs_of(language, text)


def percent(share: float, language: Language) -> str:
    """A share of one as a percentage (see ektp_sched.texts.language.percentage)."""
    with speaking(language):
        return percentage(share)
