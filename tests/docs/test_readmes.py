import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.id.md")
BLOCK = re.compile(r"^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _command(name: str, label: str) -> str:
    found = re.findall(rf"^<!-- command: {label} -->\n```sh\n(.+)\n```$", _read(name), re.MULTILINE)
    assert len(found) == 1, f"{name} must give the command '{label}' once, on one line"
    return str(found[0])


@pytest.mark.parametrize("label", ["plan", "test"])
def test_both_languages_give_the_same_commands(label: str) -> None:
    english, indonesian = (_command(name, label) for name in READMES)
    assert english == indonesian


def test_both_languages_have_the_same_structure() -> None:
    english, indonesian = (
        [line.split()[0] for line in BLOCK.sub("", _read(name)).splitlines() if line[:1] == "#"]
        for name in READMES
    )
    assert english == indonesian


@pytest.mark.parametrize("name", READMES)
def test_the_python_example_is_short_and_is_python(name: str) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", _read(name), re.MULTILINE | re.DOTALL)
    assert len(code.splitlines()) <= 25
    compile(code, name, "exec")
