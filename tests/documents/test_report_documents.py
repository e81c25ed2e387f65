"""The documents of an engagement as a client gets them: the demo, and engagements at the edge."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pytest
from lxml import etree

from crmplan.assessment.engagement import Engagement
from crmplan.assessment.responses import FrameworkUse, Respondent, Response
from crmplan.definitions.library import load_framework
from crmplan.documents.check import check_document
from crmplan.documents.layout import office_program
from crmplan.documents.making import documents_for, make_document
from crmplan.documents.sections.dependencies import overview, phase_drawings
from crmplan.documents.settings import Language
from crmplan.documents.text import scrub
from crmplan.errors import PlanningError
from crmplan.exchange.engagement_json import from_json
from crmplan.figures.figure import (
    SMALLEST_READABLE_POINTS,
    printed_width_cm,
    smallest_text_points,
)
from crmplan.localisation.locale import Locale
from crmplan.workspace import report_on

from .demo_documents import EXAMPLES, LANGUAGES, demo, make_all, words_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAMES = documents_for(demo("en"))
ALL = [(name, language) for language in LANGUAGES for name in NAMES]
each = pytest.mark.parametrize(("name", "language"), ALL)
WITHOUT_COVER = "board-summary"
PERSIAN = re.compile("[\u0600-\u06ff]")


@dataclass(frozen=True)
class Opened:
    """A document that is looked into."""

    content: bytes

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.content)) as package:
            return {name: package.read(name) for name in package.namelist()}

    @cached_property
    def body(self) -> etree._Element:
        return etree.fromstring(self.parts["word/document.xml"])

    @property
    def paragraphs(self) -> list[str]:
        return [text_of(one) for one in self.body.iter(f"{W}p")]

    @property
    def tables(self) -> list[list[list[str]]]:
        """All tables: rows of cells."""
        return [
            [
                ["\n".join(map(text_of, cell.iter(f"{W}p"))) for cell in row.iter(f"{W}tc")]
                for row in table.iter(f"{W}tr")
            ]
            for table in self.body.iter(f"{W}tbl")
        ]

    def styled(self, *styles: str) -> list[str]:
        """The texts of paragraphs in some styles."""
        found = []
        for one in self.body.iter(f"{W}p"):
            style = one.find(f"{W}pPr/{W}pStyle")
            if style is not None and style.get(f"{W}val") in styles:
                found.append(text_of(one))
        return found

    @property
    def charts(self) -> list[dict[str, list[float | None]]]:
        """The numbers of each chart: series name → values as they are cached."""
        names = sorted(name for name in self.parts if re.search(r"charts/\w+\.xml$", name))
        return [cached_numbers(etree.fromstring(self.parts[name])) for name in names]

    @property
    def workbooks(self) -> list[dict[str, list[float | None]]]:
        """The numbers of each embedded workbook: column title → values."""
        names = sorted(name for name in self.parts if name.endswith(".xlsx"))
        return [sheet_numbers(self.parts[name]) for name in names]


def text_of(paragraph: etree._Element) -> str:
    """What a paragraph shows, without the marks that the engine sets for its direction."""
    shown = {f"{W}t": None, f"{W}br": "\n", f"{W}tab": "\t"}
    texts = (shown[e.tag] or e.text or "" for e in paragraph.iter(*shown))
    return "".join(texts).replace("\u200f", "")


def cached_numbers(chart: etree._Element) -> dict[str, list[float | None]]:
    found = {}
    for series in chart.iter(f"{C}ser"):
        name = "".join(series.find(f"{C}tx").itertext(f"{C}v"))
        cache = series.find(f"{C}val//{C}numCache")
        values: list[float | None] = [None] * int(cache.find(f"{C}ptCount").get("val"))
        for point in cache.iter(f"{C}pt"):
            values[int(point.get("idx"))] = float(point.findtext(f"{C}v"))
        found[name] = values
    return found


def sheet_numbers(workbook: bytes) -> dict[str, list[float | None]]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        rows = list(etree.fromstring(package.read("xl/worksheets/sheet1.xml")).iter(f"{S}row"))
    columns = {cell.get("r")[0]: "".join(cell.itertext()) for cell in rows[0].iter(f"{S}c")}
    found: dict[str, list[float | None]] = {name: [] for name in columns.values()}
    for row in rows[1:]:
        cells = {cell.get("r")[0]: cell.findtext(f"{S}v") for cell in row.iter(f"{S}c")}
        for letter, name in columns.items():
            found[name].append(float(cells[letter]) if cells.get(letter) else None)
    return found


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """All documents, made by two processes with different hash seeds."""
    folders = tuple(tmp_path_factory.mktemp(f"seed-{seed}") for seed in (1, 2))
    program = Path(__file__).with_name("demo_documents.py")
    processes = [
        subprocess.Popen(
            [sys.executable, str(program), str(folder)],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
        )
        for seed, folder in enumerate(folders, start=1)
    ]
    assert [process.wait(600) for process in processes] == [0, 0]
    return folders[0], folders[1]


@pytest.fixture(scope="module")
def made(runs: tuple[Path, Path]) -> dict[tuple[str, Language], Opened]:
    return {
        (name, language): Opened((runs[0] / f"{name}.{language}.docx").read_bytes())
        for name, language in ALL
    }


Made = dict[tuple[str, Language], Opened]


@each
def test_the_file_format_is_kept(made: Made, name: str, language: Language) -> None:
    assert check_document(made[name, language].content) == ()


@each
def test_the_bytes_do_not_depend_on_the_run(
    runs: tuple[Path, Path], name: str, language: Language
) -> None:
    first, second = ((folder / f"{name}.{language}.docx").read_bytes() for folder in runs)

    assert first == second


@each
def test_charts_and_their_workbooks_hold_the_same_numbers(
    made: Made, name: str, language: Language
) -> None:
    document = made[name, language]

    assert document.charts == document.workbooks


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts_of_the_assessment_hold_the_printed_numbers(
    made: Made, language: Language
) -> None:
    document, locale = made["assessment-report", language], Locale(language)
    words = words_of(demo(language), "assessment-report", language)
    radar, bars = document.charts
    table = table_with(document, words("columns.score"), words("columns.evidenced"))
    rows = table[1 : len(radar[words("profile.present")]) + 1]

    assert [row[1] for row in rows] == printed(locale, radar[words("profile.present")])
    assert [row[5] for row in rows] == levels(locale, radar[words("profile.target")])
    assert [row[3] for row in rows] == printed(locale, bars[words("profile.evidenced")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_of_the_gaps_holds_the_printed_numbers(made: Made, language: Language) -> None:
    document, locale = made["gap-and-swot", language], Locale(language)
    words = words_of(demo(language), "gap-and-swot", language)
    (chart,) = document.charts
    table = table_with(document, words("columns.rank"), words("columns.priority"))

    drawn = zip(
        printed(locale, chart[words("columns.score")]),
        levels(locale, chart[words("columns.target")]),
        strict=True,
    )
    assert sorted((row[2], row[3]) for row in table[1:]) == sorted(drawn)


def table_with(document: Opened, *heads: str) -> list[list[str]]:
    """The table whose header has these words."""
    return next(one for one in document.tables if {*heads} <= set(one[0]))


def printed(locale: Locale, values: list[float | None]) -> list[str]:
    return [locale.number(None if one is None else Fraction(str(one))) for one in values]


def levels(locale: Locale, values: list[float | None]) -> list[str]:
    return [locale.level(None if one is None else Fraction(str(one))) for one in values]


@each
def test_every_drawing_is_told_in_words(made: Made, name: str, language: Language) -> None:
    document = made[name, language]
    drawings = [*document.body.iter(f"{WP}docPr")]

    assert drawings
    assert all(len(one.get("descr", "")) > 40 for one in drawings)
    gantts = [one.get(f"{W}val") for one in document.body.iter(f"{W}tblDescription")]
    assert len(gantts) >= (1 if name == "implementation-roadmap" else 0)


@each
def test_every_table_has_a_title_for_readers_who_cannot_see_it(
    made: Made, name: str, language: Language
) -> None:
    titled = [
        one.find(f"{W}tblPr/{W}tblCaption") for one in made[name, language].body.iter(f"{W}tbl")
    ]

    # The facts of the cover and the key figures are laid out in tables, but are none.
    assert sum(one is None for one in titled) == (1 if name == WITHOUT_COVER else 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_stands_in_the_annex(made: Made, language: Language) -> None:
    engagement = demo(language)
    words = words_of(engagement, "assessment-report", language)
    numbers = [words.locale.whole(n) for n in range(1, len(engagement.respondents) + 1)]
    table = table_with(made["assessment-report", language], words("columns.item"), *numbers)
    shown = {
        (row[0], person.id): cell
        for row in table[1:]
        for person, cell in zip(engagement.respondents, row[1:], strict=False)
    }

    assert len(table[0]) == len(engagement.respondents) + 1
    for response in engagement.responses:
        cell = shown[words.coded_topic(response.item), response.respondent]
        expected = (
            words(f"short_states.{response.state}")
            if response.level is None
            else words.locale.whole(response.level)
        )
        layers = cell.split(" / ")
        place = {"overall": 0, "intention": 0, "reality": -1}[response.layer]
        assert layers[place] == expected, (response, cell)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_and_reason_stands_in_the_annex(made: Made, language: Language) -> None:
    text = "\n".join(made["assessment-report", language].paragraphs)

    assert [
        one for one in demo(language).responses if one.note not in text or one.reason not in text
    ] == []


@each
def test_nothing_is_left_unfilled(made: Made, name: str, language: Language) -> None:
    text = "\n".join(made[name, language].paragraphs)

    assert re.findall(r"[{}]|\bNone\b(?! of)|\bnan\b|Fraction|\bseed \d+", text) == []


@each
def test_contents_name_the_headings(made: Made, name: str, language: Language) -> None:
    document = made[name, language]
    depth = 1 if name == "implementation-roadmap" else 2
    styles = range(1, depth + 1)
    entries = document.styled(*(f"TOC{level}" for level in styles))
    headings = document.styled(*(f"Heading{level}" for level in styles))
    if name == WITHOUT_COVER:
        headings = []

    assert [entry.split("\t")[-1] for entry in entries] == headings


@pytest.mark.parametrize("name", NAMES)
def test_persian_runs_say_their_direction(made: Made, name: str) -> None:
    runs = made[name, "fa"].body.iter(f"{W}r")
    persian = [run for run in runs if PERSIAN.search("".join(run.itertext(f"{W}t")))]
    marks = [run.find(f"{W}rPr/{W}rtl") for run in persian]

    assert len(marks) > 40
    assert all(mark is not None and mark.get(f"{W}val") in (None, "1") for mark in marks)


@pytest.mark.parametrize("name", NAMES)
def test_persian_documents_have_persian_digits(made: Made, name: str) -> None:
    names = ("word/document.xml", "word/footer1.xml", "word/header1.xml")
    texts = [
        "".join(run.itertext(f"{W}t"))
        for part in names
        for run in etree.fromstring(made[name, "fa"].parts[part]).iter(f"{W}r")
    ]

    # Codes such as D1-2 are Latin islands.
    assert [one for one in texts if re.search("[0-9]", one) and not re.search("[A-Z]", one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_figures_is_large_enough_to_read(language: Language) -> None:
    words = words_of(demo(language), "implementation-roadmap", language)
    phases = words.report.definitions.phase_model.phases
    figures = [overview(words)[0]]
    figures += [one for phase in phases for one in phase_drawings(words, phase.id)]
    widths = (printed_width_cm(one) for one in figures)
    points = [smallest_text_points(one, width) for one, width in zip(figures, widths, strict=True)]

    assert len(points) > len(phases)
    assert min(points) >= SMALLEST_READABLE_POINTS


@each
def test_the_text_of_charts_and_styles_is_large_enough_to_read(
    made: Made, name: str, language: Language
) -> None:
    parts = made[name, language].parts
    charts = [part for name, part in parts.items() if re.search(r"charts/\w+\.xml$", name)]
    sizes = [int(size) / 100 for part in charts for size in re.findall(rb'\bsz="(\d+)"', part)]
    body = etree.fromstring(parts["word/styles.xml"])
    # These hold no text: they part what stands above and below them.
    empty = {"TableEnd", "SectionEnd", "CardJoint", "CoverRule"}
    sizes += [
        int(size.get(f"{W}val")) / 2
        for style in body.iter(f"{W}style")
        if style.get(f"{W}styleId") not in empty
        for size in style.iter(f"{W}sz", f"{W}szCs")
    ]

    assert min(sizes) >= SMALLEST_READABLE_POINTS


@pytest.mark.usefixtures("without_office")
def test_without_an_office_documents_have_no_page_numbers() -> None:
    report = report_on(demo("en"), language="en")

    document = make_document(report, "gap-and-swot", language="en", calendar="gregorian")

    assert not document.has_page_numbers
    assert b"PAGEREF" not in Opened(document.content).parts["word/document.xml"]


@pytest.mark.skipif(office_program() is None, reason="LibreOffice counts the pages")
@pytest.mark.parametrize("name", ["assessment-report", "gap-and-swot"])
def test_summary_and_contents_take_a_page_each(name: str) -> None:
    report = report_on(demo("fa"), language="fa")

    document = make_document(report, name, language="fa", calendar="jalali")

    entries = Opened(document.content).styled("TOC1")
    assert [entry.split("\t")[-1] for entry in entries[:2]] == ["۲", "۴"]


HOSTILE = (
    "<&> \"'{{ 7*7 }}{% for x in y %}{count} %s \\1 ]]> <w:p/>",
    "\u202eevil\u202c \u2066x\u2069 and \u200fthen",
    "bell\x07 null\x00 vertical\x0btab",
    "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301 \ufdfa",
    "long " * 1000,
    "x" * 5000,
    "=cmd|' /C calc'!A0",
)


def hostile(language: Language) -> Engagement:
    """The demo with such texts in every place that people fill in."""
    engagement = demo(language)
    texts = iter(HOSTILE * 100)
    return engagement.model_copy(
        update={
            "organisation": engagement.organisation.model_copy(update={"name": HOSTILE[0]}),
            "settings": engagement.settings.model_copy(update={"consultant": HOSTILE[1]}),
            "respondents": tuple(
                one.model_copy(update={"name": f"{HOSTILE[0]} {n}", "role": HOSTILE[3]})
                for n, one in enumerate(engagement.respondents)
            ),
            "responses": tuple(
                one.model_copy(update={"note": next(texts)}) if one.note else one
                for one in engagement.responses
            ),
            "evidence": tuple(
                one.model_copy(update={"title": next(texts), "reference": HOSTILE[0]})
                for one in engagement.evidence
            ),
            "decisions": tuple(
                one.model_copy(update={"reason": next(texts), "dissent": HOSTILE[2]})
                for one in engagement.decisions
            ),
            "factors": tuple(
                one.model_copy(update={"note": next(texts)}) for one in engagement.factors
            ),
        }
    )


@pytest.mark.usefixtures("without_office")
@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_people_type_appears_as_typed_and_harms_nothing(language: Language) -> None:
    documents = make_all(hostile(language), language)

    for content in documents.values():
        assert check_document(content) == ()
    opened = {name: Opened(content) for name, content in documents.items()}
    text = "\n".join(opened["assessment-report"].paragraphs)
    missing = [one for one in HOSTILE if cleaned(one) not in cleaned(text)]
    assert missing == []
    for name, document in opened.items():
        named = document.styled("Lead" if name == WITHOUT_COVER else "CoverClient")[0]
        assert cleaned(HOSTILE[0]) in cleaned(named)


def cleaned(text: str) -> str:
    """A typed text as a document shows it; blanks at its ends and direction marks aside."""
    return scrub(text).replace("\u200f", "").strip()


def answered(framework_id: str, people: int) -> Engagement:
    """An engagement with random answers, the same in every run."""
    framework = load_framework(framework_id, "en")
    dice = random.Random(people)
    groups = [one.id for one in framework.audiences]
    respondents = tuple(
        Respondent(id=f"p{n}", name=f"Person {n}", role="Role", group=groups[n % len(groups)])
        for n in range(people)
    )
    responses = tuple(
        Response(
            framework=framework_id,
            respondent=person.id,
            item=item.id,
            level=min(
                framework.scale.highest, max(framework.scale.lowest, round(dice.gauss(2, 1)))
            ),
            note="" if dice.random() < 0.9 else f"A remark of {person.name}",
        )
        for person in respondents
        for item in framework.items.values()
        if person.group in item.audience
    )
    profile = framework.profiles[0].id
    held_on = demo("en").frameworks[0].held_on
    use = FrameworkUse(id=framework_id, version=framework.version, profile=profile, held_on=held_on)
    return Engagement(
        organisation=demo("en").organisation,
        frameworks=(use,),
        respondents=respondents,
        responses=responses,
    )


def bare() -> Engagement:
    """The demo with one person and nothing but answers: no evidence, decision, factor, contest."""
    engagement = demo("en")
    person = engagement.respondents[2]
    return engagement.model_copy(
        update={
            "respondents": (person,),
            "responses": tuple(one for one in engagement.responses if one.respondent == person.id),
            "evidence": (),
            "decisions": (),
            "factors": (),
        }
    )


def sound(engagement: Engagement, language: Language = "en") -> dict[str, Opened]:
    """Make all documents and look for what must never be."""
    documents = {name: Opened(one) for name, one in make_all(engagement, language).items()}
    for document in documents.values():
        assert check_document(document.content) == ()
        assert not re.search(r"[{}]", "\n".join(document.paragraphs))
    return documents


@pytest.mark.usefixtures("without_office")
def test_one_respondent_and_nothing_else_is_enough() -> None:
    documents = sound(bare())

    text = "\n".join(documents["assessment-report"].paragraphs)
    assert "1 person answered" in text
    assert "No evidence was recorded." in text
    assert "None chosen yet." in "\n".join(documents["gap-and-swot"].paragraphs)


@pytest.mark.usefixtures("without_office")
def test_sixty_respondents_have_several_tables_of_answers() -> None:
    documents = sound(answered("drcrm", 60))

    heads = [table[0] for table in documents["assessment-report"].tables]
    numbered = [head[1:] for head in heads if head[0] == "Topic" and head[1].isdigit()]
    assert [number for head in numbered for number in head] == [str(n) for n in range(1, 61)]


@pytest.mark.usefixtures("without_office")
@pytest.mark.parametrize("framework_id", ["qci", "buttle-value-chain"])
def test_a_framework_that_plans_with_another_shows_the_derived_scores(framework_id: str) -> None:
    documents = sound(answered(framework_id, 5))

    headings = documents["assessment-report"].styled("Heading1")
    assert any(one.startswith("Seen through") for one in headings)


@pytest.mark.usefixtures("without_office")
def test_a_framework_of_ones_own_makes_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRMPLAN_FRAMEWORKS", str(EXAMPLES / "tiny" / "frameworks"))
    path = EXAMPLES / "tiny" / "engagement.json"

    documents = sound(from_json(path.read_text("utf-8")))

    text = "\n".join(documents["assessment-report"].paragraphs)
    assert "1.7 of 3" in text
    assert "plan / practice" not in text


@pytest.mark.usefixtures("without_office")
def test_without_answers_there_is_an_assessment_but_no_roadmap() -> None:
    report = report_on(bare().model_copy(update={"respondents": (), "responses": ()}))
    for name in ("board-summary", "assessment-report", "gap-and-swot"):
        document = make_document(report, name, language="en", calendar="gregorian")
        assert check_document(document.content) == ()

    with pytest.raises(PlanningError):
        make_document(report, "implementation-roadmap", language="en", calendar="gregorian")
