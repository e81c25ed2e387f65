"""The JSON Schema of definition files, so that an editor can complete and check them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field, create_model

from crmplan.assessment.crosswalk import Crosswalk
from crmplan.assessment.definition import Definition, Id
from crmplan.assessment.framework import Dimension, Framework
from crmplan.assessment.swot_rules import FactorLibrary
from crmplan.planning.initiatives import Initiative
from crmplan.planning.phases import Phase, PhaseModel

if TYPE_CHECKING:
    from pydantic import BaseModel


def json_schema(kind: str) -> dict[str, Any]:
    """Give the schema of the file of a kind of definition.

    Args:
        kind: ``framework``, ``dimension``, ``initiatives``, ``phase-model``, ``factor-library`` or
            ``crosswalk``.
    """
    return _models()[kind].model_json_schema(by_alias=True)


def _models() -> dict[str, type[BaseModel]]:
    initiative = create_model(
        "InitiativeEntry",
        __base__=Initiative,
        dimension=(Id | None, Field(default=None, description="the file's without")),
    )
    return {
        # Heads name their parts; the parts stand in files of their own.
        "framework": create_model(
            "FrameworkFile", __base__=Framework, dimensions=(tuple[Id, ...], ...)
        ),
        "dimension": Dimension,
        "initiatives": create_model(
            "InitiativesFile",
            __base__=Definition,
            dimension=(Id, ...),
            initiatives=(tuple[initiative, ...], ...),
        ),
        "phase-model": create_model(
            "PhaseModelFile",
            __base__=PhaseModel,
            phases=(tuple[Phase, ...], ...),
            activities=(tuple[()], ()),
            roles=(tuple[()], ()),
        ),
        "factor-library": FactorLibrary,
        "crosswalk": Crosswalk,
    }
