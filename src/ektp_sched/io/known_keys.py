"""Which keys an object may have, asked of a model's JSON schema."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel


def known_keys(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys of the object at a pydantic location; none where it is no object of fixed keys."""
    schema = _schema(model)
    here: Mapping[str, Any] = schema
    for step in loc:
        here = _inside(_resolved(here, schema), step)
    return list(_resolved(here, schema).get("properties", {}))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _resolved(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in node:
        return node
    found: Mapping[str, Any] = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return found


def _inside(node: Mapping[str, Any], step: str | int) -> Mapping[str, Any]:
    """The schema one step on; a step into a union is the tag of one of its kinds."""
    if "discriminator" in node:
        return {"$ref": node["discriminator"]["mapping"][step]}
    inside: Mapping[str, Any] = node["items"] if isinstance(step, int) else node["properties"][step]
    return inside
