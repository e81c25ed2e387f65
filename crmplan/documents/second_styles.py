"""The styles and lists of a second language beside those of the first, in one file.

A file has one set of defaults for fonts, size, language and direction: those of its first
language. The second language brings its own styles, under names of their own, in which its
defaults and the fonts of its theme are written out.
Source: ISO/IEC 29500-1 §17.7.2 (style hierarchy), §17.9 (numbering).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from crmplan.documents.wordml import NAMESPACES, W

_A = f"{{{NAMESPACES['a']}}}"
_STYLE_LINKS = ("basedOn", "next", "link")
_USES = ("pStyle", "rStyle", "tblStyle", "styleLink", "numStyleLink")
_KEPT_DEFAULTS = ("character", "table", "numbering")
_THEMED = {
    "asciiTheme": ("ascii", "latin"),
    "hAnsiTheme": ("hAnsi", "latin"),
    "eastAsiaTheme": ("eastAsia", "ea"),
    "cstheme": ("cs", "cs"),
}
_RUN_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
    "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
)
_PARAGRAPH_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
    "sectPr pPrChange"
)
_STYLE_ORDER = ("pPr", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr")


class SecondLook:
    """Moves styles and lists of one document into another, and renames their uses.

    Args:
        first: the document that takes them.
        second: the document that they come from; it is used up.
        suffix: what the names of its styles end with.
    """

    def __init__(self, first: Document, second: Document, suffix: str) -> None:
        self._fonts = _theme_fonts(second)
        self._suffix = suffix
        self._styles = self._style_ids(first, second)
        self._number = _highest(first, "num", "numId")
        self._normal = self._move_styles(first, second)
        self._move_lists(first, second)

    def rename(self, roots: Iterable[etree._Element]) -> None:
        """Let text of the second document use the styles and lists as they are called now."""
        for root in roots:
            for paragraph in root.iter(f"{W}p"):
                self._say_style(paragraph)
            self._rename_uses(root)

    def _style_ids(self, first: Document, second: Document) -> Mapping[str, str]:
        ids = {}
        defaults = _defaults(first)
        for style in second.styles.element.iterfind(f"{W}style"):
            given, kind = style.get(f"{W}styleId", ""), style.get(f"{W}type", "")
            shared = kind in _KEPT_DEFAULTS and style.get(f"{W}default") == "1"
            ids[given] = defaults.get(kind, given) if shared else f"{given}{self._suffix}"
        return ids

    def _move_styles(self, first: Document, second: Document) -> str:
        """Move the styles; answers with the former id of the style of plain paragraphs."""
        source, normal = second.styles.element, ""
        for fonts in source.iter(f"{W}rFonts"):
            self._write_out(fonts)
        run = source.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        paragraph = source.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        hint = run.find(f"{W}rFonts") if run is not None else None
        if hint is not None and hint.get(f"{W}hint") is None:
            hint.set(f"{W}hint", "default")
        for style in source.findall(f"{W}style"):
            is_default = style.attrib.pop(f"{W}default", None) == "1"
            kind = style.get(f"{W}type")
            if is_default and kind in _KEPT_DEFAULTS:
                continue
            if kind == "paragraph" and style.find(f"{W}basedOn") is None:
                _bake(style, "rPr", run, _RUN_ORDER)
                _bake(style, "pPr", paragraph, _PARAGRAPH_ORDER)
            normal = style.get(f"{W}styleId", "") if is_default else normal
            self._rename_style(style)
            first.styles.element.append(style)
        return normal

    def _rename_style(self, style: etree._Element) -> None:
        style.set(f"{W}styleId", self._styles[style.get(f"{W}styleId", "")])
        style.set(f"{W}customStyle", "1")
        for name in style.iterfind(f"{W}name"):
            name.set(f"{W}val", f"{name.get(f'{W}val')}{self._suffix}")
        for alias in style.findall(f"{W}aliases"):
            style.remove(alias)
        for tag in _STYLE_LINKS:
            self._rename_values(style.iterfind(W + tag))
        self._rename_uses(style)

    def _rename_uses(self, root: etree._Element) -> None:
        for tag in _USES:
            self._rename_values(root.iter(W + tag))
        for number in root.iter(f"{W}numId"):
            if (value := number.get(f"{W}val", "0")) != "0":
                number.set(f"{W}val", str(int(value) + self._number))
        for fonts in root.iter(f"{W}rFonts"):
            self._write_out(fonts)

    def styled(self, style_id: str) -> str:
        """The id by which a style of the second document is now called."""
        return self._styles[style_id]

    def _rename_values(self, elements: Iterable[etree._Element]) -> None:
        for element in elements:
            value = element.get(f"{W}val", "")
            element.set(f"{W}val", self._styles.get(value, value))

    def _write_out(self, fonts: etree._Element) -> None:
        """Name the fonts that the second document's theme gives; the file keeps the first's."""
        for themed, (plain, script) in _THEMED.items():
            if (theme := fonts.get(W + themed)) is None:
                continue
            del fonts.attrib[W + themed]
            set_name = "majorFont" if theme.startswith("major") else "minorFont"
            if face := self._fonts.get(f"{set_name}/{script}"):
                fonts.set(W + plain, face)

    def _say_style(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        if properties.find(f"{W}pStyle") is None:
            # The id that it had, since all ids are changed afterwards.
            properties.insert(0, etree.Element(f"{W}pStyle", {f"{W}val": self._normal}))

    def _move_lists(self, first: Document, second: Document) -> None:
        target, source = (_numbering(one) for one in (first, second))
        if target is None or source is None:
            return
        shift = _highest(first, "abstractNum", "abstractNumId") + 1
        position = len(target.findall(f"{W}numPicBullet")) + len(target.findall(f"{W}abstractNum"))
        for definition in source.findall(f"{W}abstractNum"):
            _shift(definition, "abstractNumId", shift)
            for name in definition.iterfind(f"{W}name"):
                name.set(f"{W}val", f"{name.get(f'{W}val')}{self._suffix}")
            for mark in definition.findall(f"{W}nsid"):
                definition.remove(mark)  # lists of the same mark are one list to Word
            self._rename_uses(definition)
            target.insert(position, definition)
            position += 1
        for number in source.findall(f"{W}num"):
            _shift(number, "numId", self._number)
            for used in number.iterfind(f"{W}abstractNumId"):
                _shift(used, "val", shift)
            target.findall(f"{W}num")[-1].addnext(number)


def _defaults(document: Document) -> Mapping[str, str]:
    styles = document.styles.element.iterfind(f"{W}style")
    return {
        style.get(f"{W}type", ""): style.get(f"{W}styleId", "")
        for style in styles
        if style.get(f"{W}default") == "1"
    }


def _bake(style: etree._Element, tag: str, defaults: etree._Element | None, order: str) -> None:
    """Write the document's defaults into a style where it says nothing else."""
    if defaults is None:
        return
    own = style.find(W + tag)
    if own is None:
        own = etree.Element(W + tag)
        later = {W + one for one in _STYLE_ORDER[_STYLE_ORDER.index(tag) + 1 :]}
        following = next((child for child in style if child.tag in later), None)
        style.append(own) if following is None else following.addprevious(own)
    for given in defaults:
        said = own.find(given.tag)
        if said is None:
            own.append(copy.deepcopy(given))
        else:
            for name, value in given.attrib.items():
                said.set(name, said.get(name, value))
    rank = {W + name: place for place, name in enumerate(order.split())}
    own[:] = sorted(own, key=lambda child: rank.get(child.tag, len(rank)))


def _theme_fonts(document: Document) -> Mapping[str, str]:
    try:
        theme = etree.fromstring(document.part.part_related_by(RT.THEME).blob)
    except KeyError:
        return {}
    found = {}
    for name in ("majorFont", "minorFont"):
        for script in ("latin", "ea", "cs"):
            face = theme.find(f".//{_A}{name}/{_A}{script}")
            found[f"{name}/{script}"] = "" if face is None else face.get("typeface", "")
    return found


def _numbering(document: Document) -> etree._Element | None:
    try:
        found: etree._Element = document.part.numbering_part.element
    except KeyError:
        return None
    return found


def _highest(document: Document, tag: str, name: str) -> int:
    root = _numbering(document)
    elements = () if root is None else root.iterfind(W + tag)
    return max((int(one.get(W + name, "0")) for one in elements), default=0)


def _shift(element: etree._Element, name: str, by: int) -> None:
    element.set(W + name, str(int(element.get(W + name, "0")) + by))
