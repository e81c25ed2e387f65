"""Files of strangers: what is broken or meant to harm is refused, and nothing is left."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmplan.assessment.questionnaire import questionnaire
from crmplan.definitions.checking import check_definition
from crmplan.definitions.library import read_framework
from crmplan.errors import ExchangeError
from crmplan.exchange.framework_import import FORMS, Form, import_framework
from crmplan.exchange.framework_import.source_files import LARGEST_FILE
from crmplan.exchange.questionnaire_xlsx import write_questionnaire
from crmplan.exchange.workbook_cells import read_workbook
from exchange.forms import MADE_ON, labels
from exchange.framework_import.sources import (
    DSOMM,
    dsomm,
    imported,
    lens,
    library,
    small,
    write,
    xlsform,
)

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


def refused(source: Path, tmp_path: Path, *, form: Form | None = None) -> str:
    """Import, and give the message; nothing may be left, and it may not take long."""
    begun = time.monotonic()
    with pytest.raises(ExchangeError) as caught:
        import_framework(source, form=form, out=tmp_path / "out" / "deep", framework_id="own")
    assert not (tmp_path / "out").exists()
    assert time.monotonic() - begun < 20
    return caught.value.message


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("f.yaml", BOMB, "anchors and aliases"),
        ("f.yaml", "a: " + "[" * 5_000, "nested deeper"),
        ("f.yaml", "a: 1\na: 2\n", "stands here twice"),
        ("f.yaml", "a: [1", "f.yaml:"),
        ("f.yaml", "? [a]\n: b\n", "stands as a name"),
        ("f.yaml", "", "of no format"),
        ("f.yaml", "just words", "of no format"),
        ("f.yaml", "!!python/object/apply:os.system [ls]", "of no format"),
        ("f.json", '{"pillars": ' + "[" * 5_000, "nested deeper"),
        ("f.json", '{"name": "a", "name": "b"}', "stands twice"),
        ("f.json", '{"name": "a"', "no JSON"),
        ("f.json", '"' + "\\" * 99_999, "no JSON"),
        ("f.json", "[]", "no custom lens"),
        ("f.json", '{"name": "a", "pillars": []}', "no question with graded answers"),
        ("f.json", '{"name": "a", "pillars": {"b": 1}}', "no question with graded answers"),
        ("f.json", '{"name": [1], "pillars": [1, null, "x", {"questions": 7}]}', "no question"),
        ("f.xlsx", "a,b,c", "text file"),
        ("f.xlsx", "PK\x03\x04", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    source = tmp_path / name
    source.write_text(content, "utf-8")

    assert message in refused(source, tmp_path)


def test_a_giant_file_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "f.yaml"
    source.write_bytes(b"a" * (LARGEST_FILE + 1))

    assert "larger than" in refused(source, tmp_path)


def test_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    source = tmp_path / "f.yaml"
    source.write_bytes("a: 1\nb: Größe\n".encode("latin-1"))

    assert refused(source, tmp_path) == "f.yaml:2: is not UTF-8"


@pytest.mark.parametrize("form", FORMS)
def test_a_file_cut_short_is_refused_or_imported_whole(form: Form, tmp_path: Path) -> None:
    source = small(form, tmp_path)
    if source.is_dir():
        source = next(source.rglob("q*/*.yml"))
    data = source.read_bytes()
    for part in range(1, 20):
        source.write_bytes(data[: len(data) * part // 20])
        try:
            report = import_framework(
                source, form=form, out=tmp_path / "out", framework_id=f"p{part}"
            )
        except ExchangeError:
            assert not (tmp_path / "out" / f"p{part}").exists()
        else:
            assert check_definition(report.folder).problems == ()


@pytest.mark.parametrize("form", FORMS)
def test_a_source_of_another_format_is_refused(form: Form, tmp_path: Path) -> None:
    for other in FORMS:
        if other != form:
            refused(small(other, tmp_path / other), tmp_path, form=form)


HOSTILE = (
    '=HYPERLINK("http://x")',
    "{{ 7 * 7 }} {% raw %}",
    "<script>alert(1)</script> & ]]>",
    "yes",
    "1e5",
    "# no comment: 'none' \"quoted\"",
    "- list\n- of: things",
    "../../etc/passwd",
    "رابطه با مشتری",
    "客戶關係",
    "x" * 300,
    "🪴",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_kept_as_they_are(tmp_path: Path, title: str) -> None:
    question = {
        "id": title,
        "title": title,
        "choices": [{"id": "a", "title": title}],
        "riskRules": [{"condition": "a", "risk": "NO_RISK"}],
    }
    pillars = [{"id": title, "name": title, "questions": [question, question]}]
    report = imported(lens(tmp_path / "l.json", name=title, pillars=pillars), tmp_path)

    assert check_definition(report.folder).problems == ()
    framework = read_framework(report.folder)
    shown = " ".join(title.split())
    assert framework.title == shown[:198] + " …" if len(shown) > 200 else shown
    assert {item.ask for item in framework.items.values()} == {shown}
    assert len(framework.items) == 2
    workbook = write_questionnaire(
        questionnaire(framework, audience=None),
        respondent=None,
        responses=(),
        labels=labels(),
        language="en",
        made_on=MADE_ON,
    )
    cells = {c for rows in read_workbook(workbook, name="q").values() for row in rows for c in row}
    assert shown in cells


def test_signs_that_steer_are_taken_out(tmp_path: Path) -> None:
    report = imported(lens(tmp_path / "l.json", name="A\x00\x1b[31m\u202eB\u200b\ud800"), tmp_path)

    assert read_framework(report.folder).title == "A[31mB"


def test_ids_are_unique_short_and_free_of_reserved_names(tmp_path: Path) -> None:
    activity = "{level: 1, measure: Do it}"
    families = "\n".join(
        f"  {name}:\n    {name}: {activity}" for name in ("overall", "Über", "uber", "con", "管理")
    )
    source = write(tmp_path / "m.yaml", f"All:\n{families}\n  {'long ' * 60}:\n    X: {activity}\n")
    text = source.read_text("utf-8")
    source.write_text(text.replace("    uber: ", "    other: "), "utf-8")

    report = imported(source, tmp_path)

    assert check_definition(report.folder).problems == ()
    framework = read_framework(report.folder)
    assert list(framework.dimension)[:5] == ["overall-2", "uber", "uber-2", "con-2", "dimension"]
    assert all(len(one) <= 100 for one in framework.items)


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path / "secret.yaml", library())
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")

    assert "no YAML file" in refused(folder, tmp_path)


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    taken = tmp_path / "frameworks" / "own"
    write(taken / "framework.yaml", "mine")

    with pytest.raises(ExchangeError, match="exists already"):
        imported(dsomm(tmp_path / "m.yaml"), tmp_path, framework_id="own")
    assert (taken / "framework.yaml").read_text("utf-8") == "mine"
    assert [one.name for one in taken.parent.iterdir()] == ["own"]


def test_a_folder_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")

    with pytest.raises(ExchangeError, match="cannot be written"):
        import_framework(
            dsomm(tmp_path / "m.yaml"), form=None, out=tmp_path / "file" / "x", framework_id="own"
        )
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "m.yaml"]


@pytest.mark.parametrize("given_id", ["Upper", "a b", "../up", "-a", "", "a" * 101, "رابطه"])
def test_an_id_that_is_none_is_refused(tmp_path: Path, given_id: str) -> None:
    with pytest.raises(ExchangeError, match="is no id"):
        imported(dsomm(tmp_path / "m.yaml"), tmp_path, framework_id=given_id)


def test_too_many_questions_are_refused(tmp_path: Path) -> None:
    question = {"id": "q", "title": "Q", "choices": [], "riskRules": []}
    pillars = [{"name": "P", "questions": [question] * 5_001}]

    message = refused(lens(tmp_path / "l.json", pillars=pillars), tmp_path)

    assert "5,001 questions" in message


def test_a_form_with_a_sheet_without_end_is_refused(tmp_path: Path) -> None:
    rows = [["type", "name"], *(["text", "q"] for _ in range(5_001))]

    message = refused(xlsform(tmp_path / "f.xlsx", {"survey": rows}), tmp_path)

    assert "larger than any questionnaire" in message


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["questions", "choices", "riskRules", "id", "title", "condition", "risk"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pillars=st.lists(_JSON, max_size=3))
def test_any_json_is_imported_whole_or_refused(tmp_path: Path, pillars: object) -> None:
    source = tmp_path / "any.json"
    source.write_text(json.dumps({"name": "Any", "pillars": pillars}), "utf-8")
    out = tmp_path / f"out{time.monotonic_ns()}"

    try:
        report = import_framework(source, form=None, out=out, framework_id="own")
    except ExchangeError:
        assert not out.exists()
    else:
        assert check_definition(report.folder).problems == ()


def test_a_mangled_activity_is_left_out_and_told(tmp_path: Path) -> None:
    source = dsomm(tmp_path / "m.yaml", DSOMM.replace("level: 3", "level: [3]"))

    codes = [one.code for one in imported(source, tmp_path).lost]

    assert {"IMPORT-SHAPE", "IMPORT-LEVEL", "IMPORT-REFERENCE"} <= set(codes)
