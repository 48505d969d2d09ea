"""What typer says of arguments that do not fit, in the language spoken."""

import re

from ektp_sched.language import N_, _

# typer's own words; the more special ones first.
_SAID = (
    N_("Missing argument {name}"),
    N_("Missing option {name}"),
    N_("No such option: {name}"),
    N_("No such command {name}"),
    N_("Missing command"),
    N_("Option {name} requires an argument"),
    N_("Got unexpected extra argument ({name})"),
    N_("Got unexpected extra arguments ({names})"),
    N_("Invalid value for {name}: {inner}"),
    N_("{value} is not a valid integer"),
    N_("{value} is not a valid float"),
    N_("{value} is not in the range {range}"),
    N_("{value} is not one of {words}"),
    N_("Input should be a valid integer, unable to parse string as an integer"),
    N_("Input should be a valid number, unable to parse string as a number"),
)


def usage_in_words(said: str) -> str:
    """A sentence of typer in the language spoken; as it is where it is none of those known."""
    for text in _SAID:
        if match := re.fullmatch(_form_of(text), said):
            values = match.groupdict()
            if "inner" in values:
                values["inner"] = usage_in_words(values["inner"])
            return _(text, **values)
    return said


def _form_of(text: str) -> str:
    """A regular expression for a text with anything filled in."""
    return re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(text))
