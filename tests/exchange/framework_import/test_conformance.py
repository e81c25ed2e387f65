"""What holds for every imported framework, whatever format it came in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from builders import scores
from cli.command_line import crmplan

from crmplan.assessment.framework import Framework
from crmplan.assessment.questionnaire import questionnaire
from crmplan.definitions.checking import check_definition
from crmplan.definitions.framework_folder import read_framework_folder
from crmplan.exchange.framework_import import FORMS, Form, import_framework
from crmplan.exchange.questionnaire_xlsx import write_questionnaire
from crmplan.exchange.workbook_cells import read_workbook
from exchange.forms import MADE_ON, labels
from exchange.framework_import.sources import imported, small

pytestmark = pytest.mark.parametrize("form", FORMS)


def framework(folder: Path) -> Framework:
    found = read_framework_folder(folder).framework
    assert found is not None
    return found


def everywhere(asked: Framework, answer: object) -> dict[str, object]:
    return dict.fromkeys(asked.dimension, answer)


def test_the_format_is_found_out(form: Form, tmp_path: Path) -> None:
    assert imported(small(form, tmp_path), tmp_path).form == form


def test_the_folder_checks_clean(form: Form, tmp_path: Path) -> None:
    report = imported(small(form, tmp_path), tmp_path)

    assert check_definition(report.folder).problems == ()


def test_all_best_answers_give_the_top_and_all_worst_the_bottom(form: Form, tmp_path: Path) -> None:
    asked = framework(imported(small(form, tmp_path), tmp_path).folder)
    lowest, highest = asked.scale.lowest, asked.scale.highest

    best, worst = (scores(asked, everywhere(asked, level)) for level in (highest, lowest))

    assert {best.overall.score, *(one.score for one in best.dimensions.values())} == {highest}
    assert {worst.overall.score, *(one.score for one in worst.dimensions.values())} == {lowest}


def test_where_nothing_applies_there_is_no_score(form: Form, tmp_path: Path) -> None:
    asked = framework(imported(small(form, tmp_path), tmp_path).folder)

    assert scores(asked, everywhere(asked, "n/a")).overall.score is None


def test_an_engagement_can_be_held_with_it(
    form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMPLAN_FRAMEWORKS", str(tmp_path / "frameworks"))
    report = imported(small(form, tmp_path), tmp_path)
    asked = framework(report.folder)
    empty, text, held = (tmp_path / name for name in ("empty.crmplan", "e.json", "held.crmplan"))
    crmplan("new", str(empty), "--organisation", "Acme", "--framework", asked.id)
    crmplan("export", str(empty), "--out", str(text))
    engagement = json.loads(text.read_text("utf-8"))
    sara = {"id": "sara", "name": "Sara", "group": asked.audiences[0].id}
    answer = {"framework": asked.id, "respondent": "sara", "level": asked.scale.highest}
    responses = [{**answer, "item": item} for item in asked.items]
    text.write_text(json.dumps({**engagement, "respondents": [sara], "responses": responses}))

    monkeypatch.setenv("PATH", "")  # without LibreOffice documents are made sooner
    done = crmplan("import", str(held), str(text))
    scored = crmplan("score", str(held), "--json")
    written = crmplan("report", str(held), "assessment-report", "--out", str(tmp_path))

    assert done.status == scored.status == 0, done.err + scored.err
    assert f'"exact": "{asked.scale.highest}"' in scored.out
    assert written.status == 0, written.err
    assert (tmp_path / "assessment-report.en.docx").stat().st_size > 10_000


def test_scores_need_no_initiatives(
    form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMPLAN_FRAMEWORKS", str(tmp_path / "frameworks"))
    folder = imported(small(form, tmp_path), tmp_path).folder
    shutil.rmtree(folder / "initiatives")
    file = tmp_path / "empty.crmplan"
    crmplan("new", str(file), "--organisation", "Acme", "--framework", folder.name)

    outcome = crmplan("score", str(file))

    assert outcome.status == 3  # too few answers, and nothing else
    assert outcome.err == "too few answers for an overall score\n"


def test_its_questionnaire_asks_every_question_in_its_words(form: Form, tmp_path: Path) -> None:
    asked = framework(imported(small(form, tmp_path), tmp_path).folder)

    workbook = write_questionnaire(
        questionnaire(asked, audience=None),
        respondent=None,
        responses=(),
        labels=labels(),
        language="en",
        made_on=MADE_ON,
    )

    cells = {
        cell for rows in read_workbook(workbook, name="q").values() for r in rows for cell in r
    }
    assert {item.ask for item in asked.items.values()} <= cells


def test_every_element_names_its_published_source(form: Form, tmp_path: Path) -> None:
    asked = framework(imported(small(form, tmp_path), tmp_path).folder)

    assert all(one.source.startswith("published: ") for one in asked.dimensions)
    assert all(one.source.startswith("published: ") for one in asked.items.values())
    assert asked.licence
    assert asked.sources
    assert "Imported from" in asked.interpretation


def test_the_same_source_gives_the_same_files(form: Form, tmp_path: Path) -> None:
    source = small(form, tmp_path)
    texts = []
    for name in ("one", "two"):
        report = import_framework(source, form=form, out=tmp_path / name, framework_id="own")
        texts.append([path.read_text("utf-8") for path in report.files])

    assert texts[0] == texts[1]


def test_every_loss_has_a_place_in_the_source(form: Form, tmp_path: Path) -> None:
    source = small(form, tmp_path)
    names = {path.relative_to(source).as_posix() for path in source.rglob("*")} | {source.name}

    for lost in imported(source, tmp_path).lost:
        assert lost.location.file.partition("!")[0] in names
        assert lost.code.startswith("IMPORT-")
