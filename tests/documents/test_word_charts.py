from __future__ import annotations

import io

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from crmplan.documents.blocks import Chart, Series
from crmplan.documents.charts import chart_parts, spoken
from crmplan.documents.settings import Language
from crmplan.documents.typography import typography
from crmplan.errors import BlockError

from .samples import LANGUAGES

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART = Chart(
    "bar",
    ("Data & <rules>", "People"),
    (Series("Current", (2.1, None), "current"), Series("=1+1", (4, 3.5), "AA0000")),
    caption="Scores",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_what_the_chart_shows(language: Language) -> None:
    _, workbook = chart_parts(CHART, typography(language))

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0)

    assert sheet.to_python() == [
        ["", "Current", "=1+1"],
        ["Data & <rules>", 2.1, 4.0],
        ["People", "", 3.5],
    ]


def test_a_missing_value_leaves_a_gap() -> None:
    chart, _ = chart_parts(CHART, typography("en"))

    first = next(etree.fromstring(chart).iter(f"{C}numCache"))

    assert first.find(f"{C}ptCount").get("val") == "2"
    assert [point.get("idx") for point in first.iter(f"{C}pt")] == ["0"]


def test_roles_become_theme_colours_that_a_firm_recolours() -> None:
    chart, _ = chart_parts(CHART, typography("en"))

    assert b'schemeClr val="accent1"' in chart
    assert b'srgbClr val="AA0000"' in chart


@pytest.mark.parametrize(("language", "order"), [("en", "minMax"), ("fa", "maxMin")])
def test_persian_charts_count_from_the_right(language: Language, order: str) -> None:
    chart, _ = chart_parts(CHART, typography(language))

    values = next(etree.fromstring(chart).iter(f"{C}valAx"))

    assert values.find(f"{C}scaling/{C}orientation").get("val") == order


def test_the_words_of_a_chart_hold_every_number() -> None:
    assert spoken(CHART) == "Scores; Data & <rules>: Current 2.1, =1+1 4; People: =1+1 3.5"


def test_a_series_has_a_value_for_each_category() -> None:
    with pytest.raises(BlockError):
        Chart("bar", ("a", "b"), (Series("s", (1,)),))
