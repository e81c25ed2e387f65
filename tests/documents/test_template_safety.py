"""What a hostile template can do: nothing, or it is refused with its reason."""

from __future__ import annotations

import random
import string
import sys

import pytest

from crmplan.documents.blocks import Paragraph
from crmplan.documents.confinement import Limits, check_confined, fill_confined
from crmplan.documents.filling import Filling
from crmplan.documents.package import unpack
from crmplan.documents.rendering import render_document
from crmplan.errors import TemplateError, TemplateLimitError, TemplateTagError, UnsafeTemplateError

from .samples import W, firm_template, main_part, settings_for, text_of, with_part

MANY = Filling({"gaps": tuple({"name": f"gap {n}"} for n in range(50))})
REACHING_OUT = (
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ client.__class__ }}",
    "{{ block.__call__.__globals__ }}",
    "{{ block.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ title|attr('upper') }}",
    "{{ title|format(1) }}",
    "{{ title.format(client) }}",
    "{{ 'x' * 999999999 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ range(999999999)|join }}",
    "{{ lipsum() }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% set x = namespace() %}",
)


@pytest.mark.parametrize("line", REACHING_OUT)
def test_a_tag_that_reaches_out_is_refused(line: str) -> None:
    template = firm_template(line, "{{p body }}")

    with pytest.raises(TemplateError) as caught:
        render_document((), settings=settings_for(), template=template)

    assert "uid=" not in caught.value.message
    assert check_confined(template, ()) != ()


def test_loops_inside_loops_stop_before_they_fill_the_machine() -> None:
    loops = "".join(f"{{% for a{n} in gaps %}}" for n in range(8))
    ends = "{% endfor %}" * 8
    template = firm_template(f"{loops}{{{{ a0 }}}}{ends}", "{{p body }}")

    with pytest.raises(TemplateTagError, match="repeat less"):
        fill_confined(template, MANY)


def test_loops_that_print_nothing_stop_after_a_time() -> None:
    loops = "".join(f"{{% for a{n} in gaps %}}" for n in range(8))
    ends = "{% endfor %}" * 8
    template = firm_template(f"{loops}{ends}", "{{p body }}")

    with pytest.raises(TemplateLimitError, match="2 seconds"):
        fill_confined(template, MANY, Limits(seconds=2))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of the address space")
def test_a_template_that_needs_much_memory_is_refused() -> None:
    dice = random.Random(1)
    lines = ["".join(dice.choices(string.ascii_letters, k=900_000)) for _ in range(8)]
    template = firm_template(*lines, "{{p body }}")

    with pytest.raises(TemplateLimitError, match="160 MB of memory"):
        fill_confined(template, Filling({}), Limits(memory_mb=160))


def test_a_template_gets_nothing_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nowhere")

    document = render_document(
        (Paragraph("Text"),),
        settings=settings_for(),
        template=firm_template("{% set x = title %}{{ x }}", "{{p body }}"),
    )

    assert text_of(next(main_part(document).iter(f"{W}p"))) == settings_for().title


OLE = "urn:schemas-microsoft-com:office:office"
PARAGRAPH = f'<w:document xmlns:w="{W[1:-1]}"><w:body><w:p>{{}}</w:p></w:body></w:document>'
HIDDEN = {
    "an object in the text": PARAGRAPH.format(
        f'<w:r><w:object><o:OLEObject xmlns:o="{OLE}" Type="Link"/></w:object></w:r>'
    ),
    "another format": PARAGRAPH.replace("<w:p>{}</w:p>", "<w:altChunk/>"),
    "a control": PARAGRAPH.format("<w:r><w:control/></w:r>"),
    "a picture by its address": PARAGRAPH.format(
        '<w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://x/y"/>'
        "</w:pict></w:r>"
    ),
    "a command behind a simple field": PARAGRAPH.format('<w:fldSimple w:instr=" DDE cmd x"/>'),
    "a database": PARAGRAPH.format('<w:fldSimple w:instr=" DATABASE \\d x"/>'),
    "a link to a program": PARAGRAPH.format(
        "<w:fldSimple w:instr=' HYPERLINK \"file:///c:/x.exe\"'/>"
    ),
    "a link that runs": PARAGRAPH.format('<w:fldSimple w:instr="HYPERLINK javascript:x"/>'),
}


@pytest.mark.parametrize("danger", HIDDEN)
def test_what_hides_in_the_text_is_found(danger: str) -> None:
    template = with_part(firm_template(), "word/document.xml", HIDDEN[danger])

    with pytest.raises(UnsafeTemplateError) as caught:
        render_document((), settings=settings_for(), template=template)

    assert caught.value.place == "word/document.xml"


@pytest.mark.parametrize("address", ["https://example.org", "mailto:a@example.org"])
def test_links_that_a_reader_clicks_stay(address: str) -> None:
    main = unpack(firm_template())["word/document.xml"].decode()
    link = f'<w:p><w:fldSimple w:instr="HYPERLINK {address}"/></w:p>'
    template = with_part(
        firm_template(), "word/document.xml", main.replace("<w:body>", f"<w:body>{link}")
    )

    assert address.encode() in render_document(
        (), settings=settings_for(), template=template
    ) or render_document((), settings=settings_for(), template=template)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("word/embeddings/x.docm", "x"),
        ("word/document.dat", PARAGRAPH),
        ("word/media/x.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        (
            "word/media/x.svg",
            '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://x/y"/></svg>',
        ),
    ],
)
def test_a_part_that_no_template_needs_is_refused(name: str, data: str) -> None:
    with pytest.raises(UnsafeTemplateError) as caught:
        render_document(
            (), settings=settings_for(), template=with_part(firm_template(), name, data)
        )

    assert caught.value.place == name


def test_all_dangers_are_told_at_once() -> None:
    template = with_part(firm_template(), "word/vbaProject.bin", "x")
    template = with_part(template, "word/activeX/activeX1.xml", "<x/>")

    faults = check_confined(template, ())

    assert [fault.place for fault in faults] == ["word/activeX/activeX1.xml", "word/vbaProject.bin"]
    assert {fault.kind for fault in faults} == {"unsafe"}
