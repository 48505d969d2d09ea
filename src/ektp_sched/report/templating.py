"""What pages are made of: templates, and files of this package that they hold inside."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

_OWN = files("ektp_sched.report")


def template(name: str) -> Template:
    """A template; what it is given is escaped, what it lacks is a fault."""
    loader = PackageLoader("ektp_sched.report")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment.get_template(name)


def asset(name: str) -> Markup:
    """A file of this package's own, trusted as it is."""
    return Markup(_OWN.joinpath(name).read_text(encoding="utf-8"))


def policy_of(scripts: Sequence[str], *, evaluated: bool = False) -> str:
    """What a page may do: run these scripts and no others, and load nothing at all.

    Parameters
    ----------
    evaluated
        Let them compile code, as Vega does with the expressions of our own charts.
    """
    hashes = (b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    unsafe = "'unsafe-eval'" if evaluated else ""
    return (
        f"default-src 'none'; script-src {allowed} {unsafe}; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )
