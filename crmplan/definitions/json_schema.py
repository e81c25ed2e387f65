"""The JSON Schema of definition files, so that an editor can complete and check them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmplan.definitions.kinds import KINDS, module_of
from crmplan.errors import DefinitionError
from crmplan.problems import closest

if TYPE_CHECKING:
    from pydantic import BaseModel


def json_schema(file_kind: str) -> dict[str, Any]:
    """Give the schema of a kind of definition file.

    Args:
        file_kind: a kind of definition, whose head file is meant, or ``dimension``,
            ``initiatives``, ``activities``, ``crosswalk`` or ``migration``.

    Raises:
        DefinitionError: if there is no such kind of file.
    """
    models: dict[str, type[BaseModel]] = {}
    for kind in KINDS:
        models |= module_of(kind).schemas()
    if file_kind not in models:
        suggestion = closest(file_kind, models)
        raise DefinitionError(
            f"there is no kind of file {file_kind!r}",
            hint=(f"did you mean {suggestion!r}? " if suggestion else "")
            + f"kinds: {', '.join(models)}",
        )
    return models[file_kind].model_json_schema(by_alias=True)
