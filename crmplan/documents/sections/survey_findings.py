"""Results of surveys that speak of dimensions of the assessment, beside the SWOT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, Cell, Heading, Paragraph, Table
from crmplan.documents.sections.saying import says
from crmplan.documents.sections.shading import group_row
from crmplan.documents.survey_words import interval_text, value_text

if TYPE_CHECKING:
    from crmplan.assessment.survey_results import SurveyFinding, SurveyPaper
    from crmplan.documents.words import Words

_NAMES = ("result", "survey", "value", "interval", "dimensions")
TABLE = "survey-findings"
_PRESENT = "surveys"


def findings_of(words: Words) -> list[tuple[SurveyPaper, SurveyFinding]]:
    """Gather the findings that speak of a dimension of the framework, strengths first."""
    known = words.report.definitions.framework.dimension
    found = [
        (paper, finding)
        for paper in words.report.papers.surveys
        for finding in paper.findings
        if set(finding.dimensions) & set(known)
    ]
    return sorted(found, key=lambda pair: pair[1].kind)


def survey_findings(words: Words) -> tuple[Block, ...]:
    """Compose the section; nothing if no survey has such a result."""
    own = words.within(_PRESENT)
    found = findings_of(own)
    if not found:
        return ()
    strong = sum(finding.kind == "strength" for _, finding in found)
    rows: list[tuple[str | Cell, ...]] = []
    for kind in ("strength", "weakness"):
        alike = [pair for pair in found if pair[1].kind == kind]
        if alike:
            rows.append(group_row(own(f"surveys.{kind}"), len(_NAMES)))
            rows += [_row(own, paper, finding) for paper, finding in alike]
    return (
        Heading(2, own("surveys.findings_title")),
        Paragraph(own("surveys.findings_lead"), keep_with_next=True),
        says(own, "survey_findings", TABLE, count=len(found), strong=own.locale.whole(strong)),
        Table(
            header=tuple(own(f"columns.{name}") for name in _NAMES),
            rows=tuple(rows),
            widths=(4.6, 3.6, 1.6, 2.8, 3.4),
            alignments=("start", "start", "end", "end", "start"),
            caption=own("surveys.findings_caption"),
            bookmark=TABLE,
        ),
    )


def _row(words: Words, paper: SurveyPaper, finding: SurveyFinding) -> tuple[str, ...]:
    rule = paper.survey.result[finding.result_id]
    estimate = paper.results.result[finding.result_id].estimate
    known = words.report.definitions.framework.dimension
    return (
        rule.title,
        paper.survey.title,
        value_text(words, paper.survey, rule, finding.value),
        interval_text(words, paper.survey, rule, estimate),
        words.join(words.short(one) for one in finding.dimensions if one in known),
    )


def finding_lines(words: Words) -> list[str]:
    """Say each finding in a line, for the terminal."""
    own = words.within(_PRESENT)
    return [
        f"{paper.survey.result[finding.result_id].title}  "
        f"{value_text(own, paper.survey, paper.survey.result[finding.result_id], finding.value)}  "
        f"({own(f'surveys.{finding.kind}')}, {paper.survey.title})  [{finding.result_id}]"
        for paper, finding in findings_of(own)
    ]
