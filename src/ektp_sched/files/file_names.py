"""File names made of names that people gave: readable, safe everywhere, no two alike."""

import re
import unicodedata
from collections.abc import Mapping

# Bytes of UTF-8. Most file systems take 255 in all.
_MOST_OF_NAME = 100
_MOST_OF_ID = 60


def file_stems(names: Mapping[str, str]) -> dict[str, str]:
    """A file name without ending for each id, made of its name and the id.

    Letters and digits of any script stay, whatever else there is becomes "-". Stems differ from
    each other even where capitals count as small letters. The same ids and names make the same
    stems, in whatever order they come.
    """
    stems: dict[str, str] = {}
    taken: set[str] = set()
    for id_ in sorted(names):
        parts = (_cut(names[id_], _MOST_OF_NAME), _cut(id_, _MOST_OF_ID))
        first = "_".join(part for part in parts if part) or "_"
        stem, number = first, 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{first}_{number}"
        taken.add(stem.casefold())
        stems[id_] = stem
    return stems


def _cut(text: str, most: int) -> str:
    plain = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text))
    return plain.encode("utf-8")[:most].decode("utf-8", errors="ignore").strip("-")
