"""What is wrong and what to do about it, for every kind of fault that pydantic can find here."""

import re

COUNTS_ONLY = "Only counts are handled: remove personal data, write numbers of pupils."

# English and Indonesian, without blanks, "_" and "-".
_PERSONAL_KEY = re.compile(
    "(no|nomor)?(nik|nisn?|kk)|dob|.*(birth|lahir).*|(full|first|last|student|pupil|mother)s?names?"
    "|nama(siswa|pelajar|murid|lengkap|ibu)|(alamat|address|phone|hp)(siswa|student|pupil)"
)

_WHOLE_NUMBER = "Write a whole number in digits: no quotes, no decimals."
_LIST = "Write a list: [...]."
_OBJECT = "Write an object: {{...}}."
_YES_NO = "Write true or false, without quotes."

WORDINGS: dict[str, tuple[str, str]] = {
    "bool_parsing": ("{value} is neither true nor false", _YES_NO),
    "bool_type": ("{value} is neither true nor false", _YES_NO),
    "dict_type": ("{value} stands where an object is needed", _OBJECT),
    "finite_number": ("{value} is not a finite number", "Write a number in digits."),
    "float_type": ("{value} is not a number", "Write a number in digits, without quotes."),
    "frozen_set_type": ("{value} stands where a list is needed", _LIST),
    "greater_than_equal": ("{value} is too small", "Write a number from {ge:.15g} on."),
    "int_from_float": ("{value} is not a whole number", _WHOLE_NUMBER),
    "int_parsing": ("{value} is not a whole number", _WHOLE_NUMBER),
    "int_type": ("{value} is not a whole number", _WHOLE_NUMBER),
    "less_than_equal": ("{value} is too large", "Write a number up to {le:.15g}."),
    "literal_error": ("{value} is not one of the words known here", "Write {expected}."),
    "missing": ("this key is missing", "Add it with its value."),
    "model_attributes_type": ("{value} stands where an object is needed", _OBJECT),
    "model_type": ("{value} stands where an object is needed", _OBJECT),
    "string_too_long": ("the text is too long", "Write at most {max_length} characters."),
    "string_too_short": ("the text is empty", "Write at least one character."),
    "string_type": ("{value} is not text", "Write text in double quotes."),
    "too_short": ("the list is empty", "Give at least one entry."),
    "tuple_type": ("{value} stands where a list is needed", _LIST),
    "union_tag_invalid": (
        '{discriminator} is "{tag}", which is not known',
        "Write one of: {expected_tags}.",
    ),
    "union_tag_not_found": ("the key {discriminator} is missing", "Add it with its value."),
}


def holds_personal_data(key: str) -> bool:
    """Whether a key's name is that of something about one person."""
    return bool(_PERSONAL_KEY.fullmatch(re.sub(r"[\W_]+", "", key.casefold())))
