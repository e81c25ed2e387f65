"""The plan for other programs: Mermaid, GraphML, iCalendar, comma-separated values."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

from crmplan.data_files import data_folder
from crmplan.exchange.engagement_json import from_json
from crmplan.exchange.graphml import to_graphml
from crmplan.exchange.icalendar import to_icalendar
from crmplan.exchange.mermaid import to_mermaid
from crmplan.exchange.plan_csv import to_csv
from crmplan.exchange.plan_rows import plan_rows
from crmplan.localisation.locale import LANGUAGES, LanguageCode
from crmplan.report import Report
from crmplan.workspace import report_on


@cache
def report(language: LanguageCode, name: str | None = None) -> Report:
    path = data_folder("examples") / "home-appliances" / f"engagement.{language}.json"
    engagement = from_json(path.read_text("utf-8"))
    if name:
        organisation = engagement.organisation.model_copy(update={"name": name})
        engagement = engagement.model_copy(update={"organisation": organisation})
    return report_on(engagement, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_task_stands_in_every_format(language: LanguageCode) -> None:
    made = report(language)
    rows = plan_rows(made)
    shown = [row for row in rows if row.kind != "covered"]

    assert len(rows) == len(made.plan.workplan.tasks)
    assert to_icalendar(made).count("BEGIN:VEVENT") == len(shown)
    assert len(re.findall(r"^    \S.* :", to_mermaid(made), re.MULTILINE)) == len(shown)
    assert len(list(csv.reader(io.StringIO(to_csv(made))))) == len(rows) + 1


def test_graphml_is_read_back_with_all_links() -> None:
    made = report("fa")

    graph = nx.parse_graphml(to_graphml(made))

    assert graph.number_of_nodes() == len(made.plan.workplan.tasks)
    assert graph.number_of_edges() == len(made.plan.workplan.links)
    assert nx.is_directed_acyclic_graph(graph)


def test_mermaid_bars_end_on_the_day_after_the_last_day_of_work() -> None:
    made = report("en")
    row = next(row for row in plan_rows(made) if row.code == "D7-3")

    line = next(one for one in to_mermaid(made).splitlines() if "D7-3" in one)

    start, end = (date.fromisoformat(one) for one in line.rsplit(", ", 2)[1:])
    assert (start, (end - row.finish).days) == (row.start, 1)
    assert ":crit" in line


def test_marks_that_mermaid_would_read_are_taken_out_of_names() -> None:
    made = report("en", "Acme: tools; more, %% #1\nsection X")

    title = to_mermaid(made).splitlines()[1]

    assert title == "    title Acme tools more, %% 1 section X"


def test_icalendar_lines_have_at_most_75_bytes_and_unfold_to_the_names() -> None:
    made = report("zh")

    text = to_icalendar(made)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    name = made.definitions.catalogue.by_id["core-platform"].title.replace(",", "\\,")
    assert f"SUMMARY:D7-3 {name}\r\n" in unfolded


def test_a_cell_that_looks_like_a_formula_is_written_as_text() -> None:
    from crmplan.exchange.plan_csv import _cell

    assert _cell("=1+1") == "'=1+1"
    assert _cell(-5) == "-5"
    assert _cell(("A1", "A2")) == "A1; A2"


def test_another_process_writes_the_same_bytes() -> None:
    code = """
import hashlib
from exchange.test_plan_formats import report, to_csv, to_graphml
from crmplan.exchange.engagement_json import to_json
from crmplan.exchange.mspdi import to_mspdi
from crmplan.exchange.taskjuggler import to_taskjuggler

made = report("fa")
for text in (
    to_mspdi(made, dates="links"),
    to_mspdi(made, dates="constraints"),
    to_taskjuggler(made),
    to_graphml(made),
    to_csv(made),
    to_json(made.engagement),
):
    print(hashlib.sha256(text.encode()).hexdigest())
"""
    prints = []
    for hash_seed in ("1", "2"):
        surroundings = {**os.environ, "PYTHONHASHSEED": hash_seed}
        outcome = subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parent.parent,
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert outcome.returncode == 0, outcome.stderr
        prints.append(outcome.stdout)

    assert prints[0] == prints[1]
    assert len(set(prints[0].split())) == 6
