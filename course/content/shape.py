"""TOML tables into dataclasses: cattrs does the structuring, this file turns its complaints into sentences."""

from __future__ import annotations

from typing import Any, TypeVar

import cattrs
from cattrs.gen import make_dict_structure_fn

from course.content.files import ContentError
from course.items import Accepted, Criterion, Field, Item, Label, Option, Question, Slot

T = TypeVar("T")


def strict(value: Any, kind: type) -> Any:
    """The value itself if it already is of the kind asked for; TOML has types, so nothing is converted by guess."""
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        raise ValueError(f"{value!r} is a {type(value).__name__}, not a {kind.__name__}")
    return value


def make_converter() -> cattrs.Converter:
    """A converter that refuses unknown fields and never turns one type into another."""
    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind in (str, int, float, bool):
        converter.register_structure_hook(kind, lambda value, _, kind=kind: strict(value, kind))
    for shape in (Option, Label, Question, Field, Criterion, Slot, Item, Accepted):
        converter.register_structure_hook(shape, make_dict_structure_fn(shape, converter, _cattrs_forbid_extra_keys=True))
    return converter


CONVERTER = make_converter()


def structure(raw: dict[str, Any], kind: type[T], where: str) -> T:
    """A table as a dataclass; the first thing wrong with it becomes a `ContentError` that names the field."""
    try:
        return CONVERTER.structure(raw, kind)
    except Exception as error:
        told = cattrs.transform_error(error, path="", format_exception=in_words)
        problem = told[0].replace(" @ .", " at ").replace(" @ ", " at ").rstrip(" at")
        fields = ", ".join(kind.__dataclass_fields__)
        raise ContentError(where, problem, f"The fields of this table are: {fields}.") from error


def in_words(error: BaseException, kind: type | None) -> str:
    """One of cattrs' complaints as a teacher would say it."""
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        return f"it has a field that is not known: {', '.join(sorted(error.extra_fields))}"
    if isinstance(error, KeyError):
        return f"the field {error.args[0]!r} is missing"
    if isinstance(error, (ValueError, TypeError)):
        return str(error)
    return cattrs.v.format_exception(error, kind)
