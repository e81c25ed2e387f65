"""Turn the content of a YAML file into a value, or its faults into problems with places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from crmplan.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from crmplan.definitions.yaml_source import YamlFile

Model = TypeVar("Model", bound=BaseModel)

_CODES = {
    "missing": "DEF-MISSING-FIELD",
    "extra_forbidden": "DEF-UNKNOWN-FIELD",
    "string_pattern_mismatch": "DEF-PATTERN",
    "literal_error": "DEF-CHOICE",
    "union_tag_invalid": "DEF-CHOICE",
    "union_tag_not_found": "DEF-MISSING-FIELD",
}


def validate(
    model: type[Model], value: Any, file: YamlFile, *, at: tuple[str | int, ...] = ()
) -> tuple[Model | None, tuple[Problem, ...]]:
    """Check a value against a model.

    Args:
        model: what the value must be.
        value: the value, as read from the file.
        file: the file, for the places of faults.
        at: where in the file the value stands.

    Returns:
        The model and no problems, or None and every fault of the value.
    """
    try:
        return TypeAdapter(model).validate_python(value), ()
    except ValidationError as error:
        details = error.errors()
        inner = {detail["loc"][:end] for detail in details for end in range(len(detail["loc"]))}
        return None, tuple(
            _problem(detail, model, file, (*at, *_without_tags(value, detail["loc"])))
            for detail in details
            # A list counts as too short once its entries have failed: only they are told.
            if not (detail["type"] == "too_short" and detail["loc"] in inner)
        )


def _without_tags(value: Any, loc: tuple[str | int, ...]) -> Iterator[str | int]:
    """Leave out the kinds that pydantic puts into the path of a union; no file has them there."""
    for key in loc:
        if isinstance(value, dict) and key not in value and value.get("kind") == key:
            continue
        yield key
        is_there = isinstance(value, dict) and key in value
        is_there |= isinstance(value, list) and isinstance(key, int) and key < len(value)
        value = value[key] if is_there else None


def _problem(
    detail: ErrorDetails, model: type[BaseModel], file: YamlFile, path: tuple[str | int, ...]
) -> Problem:
    code = _CODES.get(detail["type"], "DEF-VALUE")
    if detail["type"] == "missing":
        return Problem(file.place(path), code, f'"{path[-1]}" is missing')
    if detail["type"] == "extra_forbidden":
        hint = did_you_mean(str(path[-1]), _known_fields(model) - {str(path[-1])})
        return Problem(file.place(path), code, f'"{path[-1]}" is not a field here', hint)
    message = f"{_written(detail['input'])}: {_lower(detail['msg'])}"
    return Problem(file.place(path), code, message, _choice_hint(detail))


def _known_fields(model: type[BaseModel]) -> set[str]:
    """Collect the field names of a model and of all that it contains."""
    names: set[str] = set()
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        for option in (part, *part.get("anyOf", ())):
            names.update(option.get("properties", {}))
    return names


def _choice_hint(detail: ErrorDetails) -> str | None:
    expected = detail.get("ctx", {}).get("expected")
    if detail["type"] != "literal_error" or not expected or not isinstance(detail["input"], str):
        return None
    words = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    return did_you_mean(detail["input"], words)


def _written(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _lower(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
