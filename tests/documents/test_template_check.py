"""`template check` finds every fault of a template, with the place where the firm sees it."""

from __future__ import annotations

import io

import docx
import pytest

from crmplan.documents.confinement import check_confined
from crmplan.documents.template_check import Fault

from .samples import firm_template


def faults(*lines: str, header: str = "", blocks: tuple[str, ...] = ("gantt",)) -> list[Fault]:
    """What hinders a template with these paragraphs."""
    found = check_confined(firm_template(*lines, header=header), blocks)
    return [fault for fault in found if fault.kind != "note"]


def test_every_fault_is_told_with_its_paragraph() -> None:
    found = faults("{{ clint.name }}", "Fine", "{{ client.nme }}", "{{p body }}")

    assert [str(fault) for fault in found] == [
        "paragraph 1 “{{ clint.name }}”: there is no 'clint'\n    did you mean \"client\"?",
        "paragraph 3 “{{ client.nme }}”: there is no 'nme' in client\n    did you mean \"name\"?",
    ]


def test_a_fault_in_a_header_or_table_says_where() -> None:
    document = docx.Document()
    document.add_paragraph("{{p body }}")
    table = document.add_table(2, 2)
    table.cell(1, 0).text = "{{ nobody }}"
    document.sections[0].header.paragraphs[0].text = "{{ nothing }}"
    out = io.BytesIO()
    document.save(out)

    found = check_confined(out.getvalue(), ())

    places = [fault.place for fault in found if fault.kind == "tag"]
    assert places == [
        "table 1, row 2, cell 1 “{{ nobody }}”",
        "header, paragraph 1 “{{ nothing }}”",
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{{ title", "begins or ends"),
        ("{{title.x}}", "lacks a blank"),
        ("{{ title|tojson }}", "no filter tojson"),
        ("{{ title * 9 }}", "multiplication"),
        ("{{ title.upper() }}", "only block('name')"),
        ("{{ gaps }}", "is a list"),
        ("{{ gaps.name }}", "no 'name' in gaps"),
        ("{{ title.name }}", "no 'name' in title"),
        ("{%p for g in title %}{%p endfor %}", "no list"),
        ("{%p if title %}", "does not end"),
        ("{%p endfor %}", "ends nothing"),
        ("{%p if title %}{%p endfor %}{%p endif %}", "is still open"),
        ("{%p include 'x' %}", "is not taken"),
        ("{{ title + }}", "not written rightly"),
        ("Look: {{p block('gantt') }}", "cannot stand here"),
        ("{{ block('gantt') }}", "cannot stand here"),
        ("{{p block('gant') }}", "no document has a block 'gant'"),
        ("{% for g in gaps %}{{ g.rnk }}{% endfor %}", "no 'rnk' in g"),
    ],
)
def test_a_fault_is_named(line: str, message: str) -> None:
    assert message in "\n".join(map(str, faults(line, "{{p body }}")))


def test_a_block_in_a_header_is_told() -> None:
    (found,) = faults("{{p body }}", header="{{p block('gantt') }}")

    assert "outside tables and headers" in found.hint


def test_what_is_right_has_no_faults() -> None:
    lines = (
        "{{ client }} {{ client.name | upper }} {{ version | digits }}",
        "{%p for g in gaps %}",
        "{% if not loop.first %}{{ g.rank }}. {{ g }}{% elif gaps %}–{% else %}0{% endif %}",
        "{%p endfor %}",
        "{# a remark #}",
        "{{p block(‘gantt’) }}",
    )

    assert faults(*lines) == []


def test_a_template_without_a_place_for_the_text_is_told() -> None:
    (found,) = faults("{{ title }}")

    assert found.kind == "place"


def test_missing_styles_are_a_note_and_those_of_another_kind_a_fault() -> None:
    document = docx.Document()
    document.add_paragraph("{{p body }}")
    document.styles.add_style("CRM Table", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    out = io.BytesIO()
    document.save(out)

    found = {fault.kind: fault for fault in check_confined(out.getvalue(), ())}

    assert "Table Text" in found["note"].message
    assert found["style"].place == "style “CRM Table”"
    assert "need a table style" in found["style"].message
    assert set(found) == {"note", "style"}
