"""An empty table of replies, to type forms into or to load into a survey tool."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from crmplan.exchange.survey_columns import ABOUT, column_title

if TYPE_CHECKING:
    from crmplan.assessment.survey import Survey
    from crmplan.exchange.survey_labels import SurveyLabels


def introduction(survey: Survey, organisation: str) -> str:
    """Give the words at the head of a form."""
    return survey.introduction.replace("{organisation}", organisation)


def to_table(survey: Survey, labels: SurveyLabels) -> bytes:
    """Make an empty table of replies: ids in the first row, the same in words in the second.

    Returns:
        CSV in UTF-8 with a mark, so that Excel reads Persian and Chinese rightly.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([*ABOUT, *survey.asked])
    about = [labels.about[key] for key in ABOUT]
    writer.writerow([*about, *(column_title(asked) for asked in survey.asked.values())])
    return target.getvalue().encode("utf-8-sig")
