"""The rating schemes of a framework as lines to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.framework import Framework


def rating_outline(framework: Framework) -> Iterator[tuple[int, str]]:
    """Give elements, attributes and what ratings look like, with the depth of each line."""
    for scheme in framework.rating_schemes:
        yield 0, ""
        yield 0, f"{scheme.title} [{scheme.id}]"
        for element in scheme.elements:
            cap = ", caps the total" if element.id == scheme.cap else ""
            yield 1, f"{element.title} [{element.id}{cap}]"
            for attribute in element.attributes:
                yield 2, f"{attribute.title} [{attribute.id}]"
                yield 3, attribute.ask
                for percent, text in attribute.anchors.items():
                    yield 3, f"{percent} %: {text}"
