"""TOML tables into dataclasses: cattrs does the structuring, this file turns its complaints into sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any, TypeVar, get_args, get_origin

import cattrs
from cattrs.gen import make_dict_structure_fn

from course.content.files import ContentError, mismatch

T = TypeVar("T")
# What the kit fills in itself; nobody writes it into a file.
INTERNAL = frozenset({"graded", "lesson"})


def strict(value: Any, kind: type) -> Any:
    """The value itself if it already is of the kind asked for; TOML has types, so nothing is converted by guess."""
    if problem := mismatch(value, kind):
        raise ValueError(problem)
    return float(value) if kind is float else value


def make_converter() -> cattrs.Converter:
    """A converter that refuses unknown fields and never turns one type into another."""
    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind in (str, int, float, bool):
        converter.register_structure_hook(kind, lambda value, _, kind=kind: strict(value, kind))
    # A text is no list of letters, and a list no table: without these three, cattrs takes what it can walk through.
    converter.register_structure_hook_func(lambda kind: get_origin(kind) is tuple, lambda value, kind: tuple(
        converter.structure(strict(value, list), list[get_args(kind)[0]])))
    converter.register_structure_hook_func(lambda kind: get_origin(kind) is dict, lambda value, kind: {
        name: converter.structure(one, get_args(kind)[1]) for name, one in strict(value, dict).items()})

    def of_table(shape: type) -> Callable[[Any, Any], Any]:
        fill = make_dict_structure_fn(shape, converter, _cattrs_forbid_extra_keys=True)
        return lambda value, _: fill(strict(value, dict), shape)

    converter.register_structure_hook_factory(is_dataclass, of_table)
    return converter


CONVERTER = make_converter()


def structure(raw: dict[str, Any], kind: type[T], where: str) -> T:
    """A table as a dataclass; the first thing wrong with it becomes a `ContentError` that names the field."""
    try:
        return CONVERTER.structure(raw, kind)
    except Exception as error:
        problem, _, place = cattrs.transform_error(error, path="", format_exception=in_words)[0].rpartition(" @ ")
        fields = ", ".join(name for name in kind.__dataclass_fields__ if name not in INTERNAL)
        raise ContentError(where, f"{problem} at {place.lstrip('.')}" if place else problem, f"The fields of this table are: {fields}.") from error


def in_words(error: BaseException, kind: type | None) -> str:
    """One of cattrs' complaints as a teacher would say it."""
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        return f"it has a field that is not known: {', '.join(sorted(error.extra_fields))}"
    if isinstance(error, KeyError):
        return f"the field {error.args[0]!r} is missing"
    if isinstance(error, (ValueError, TypeError)):
        return str(error)
    return cattrs.v.format_exception(error, kind)
