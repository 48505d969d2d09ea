"""What is wrong and what to do about it, for every kind of fault that pydantic can find here."""

import re

from ektp_sched.language import N_

COUNTS_ONLY = N_("Only counts are handled: remove personal data, write numbers of pupils.")

# English and Indonesian, without blanks, "_" and "-".
_PERSONAL_KEY = re.compile(
    "(no|nomor)?(nik|nisn?|kk)|dob|ttl|.*(birth|lahir|tgllhr).*|(no|nomor)ktp|nomorinduk.*"
    "|(full|first|last|student|pupil|mother|father)s?names?|ibukandung"
    "|nama(siswa|pelajar|murid|anak|lengkap|ibu|ayah|wali|orangtua|pd|pesertadidik).*"
    "|(alamat|address|phone|hp)(siswa|student|pupil)"
)
_PERSONAL_WORDS = frozenset({"nik", "nisn"})  # also beside other words

_WHOLE_NUMBER = N_("Write a whole number in digits: no quotes, no decimals.")
_LIST = N_("Write a list: [...].")
_OBJECT = N_("Write an object: {{...}}.")
_YES_NO = N_("Write true or false, without quotes.")

WORDINGS: dict[str, tuple[str, str]] = {
    "bool_parsing": (N_("{value} is neither true nor false"), _YES_NO),
    "bool_type": (N_("{value} is neither true nor false"), _YES_NO),
    "dict_type": (N_("{value} stands where an object is needed"), _OBJECT),
    "finite_number": (N_("{value} is not a finite number"), N_("Write a number in digits.")),
    "float_type": (N_("{value} is not a number"), N_("Write a number in digits, without quotes.")),
    "frozen_set_type": (N_("{value} stands where a list is needed"), _LIST),
    "greater_than_equal": (N_("{value} is too small"), N_("Write a number from {ge:.15g} on.")),
    "int_from_float": (N_("{value} is not a whole number"), _WHOLE_NUMBER),
    "int_parsing": (N_("{value} is not a whole number"), _WHOLE_NUMBER),
    "int_type": (N_("{value} is not a whole number"), _WHOLE_NUMBER),
    "json_invalid": (N_("this is not JSON: {error}"), N_("Correct the text there.")),
    "less_than_equal": (N_("{value} is too large"), N_("Write a number up to {le:.15g}.")),
    "literal_error": (N_("{value} is not one of the words known here"), N_("Write {expected}.")),
    "missing": (N_("this key is missing"), N_("Add it with its value.")),
    "model_attributes_type": (N_("{value} stands where an object is needed"), _OBJECT),
    "model_type": (N_("{value} stands where an object is needed"), _OBJECT),
    "string_too_long": (N_("the text is too long"), N_("Write at most {max_length} characters.")),
    "string_too_short": (N_("the text is empty"), N_("Write at least one character.")),
    "string_type": (N_("{value} is not text"), N_("Write text in double quotes.")),
    "too_short": (N_("the list is empty"), N_("Give at least one entry.")),
    "tuple_type": (N_("{value} stands where a list is needed"), _LIST),
    "union_tag_invalid": (
        N_('{discriminator} is "{tag}", which is not known'),
        N_("Write one of: {expected_tags}."),
    ),
    "union_tag_not_found": (N_("the key {discriminator} is missing"), N_("Add it with its value.")),
}


def holds_personal_data(key: str) -> bool:
    """Whether a key's name is that of something about one person."""
    if _PERSONAL_WORDS & set(re.split(r"[\W_]+", key.casefold())):
        return True
    return bool(_PERSONAL_KEY.fullmatch(re.sub(r"[\W_]+", "", key.casefold())))
