"""The tags of a template, read without filling them: what each names is looked up in the schema.

Filling stops at the first fault. Reading finds all of them, also in branches that the values at
hand would not reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from crmplan.documents.filling import FILTERS, SLOTS, block_name, environment
from crmplan.problems import did_you_mean

Schema = Mapping[str, Any]
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}")
_PIECES = re.compile(r"\{[{%]-?(?P<kind>p|tr|tc|r)?\s+(?P<inner>.*?)\s*-?[}%]\}", re.DOTALL)
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_LAYOUT = ("vm", "hm", "colspan", "cellbg")
_LOOP = ("index", "index0", "first", "last", "length", "revindex")
_TEXT: Schema = {"type": "string"}
_MULTIPLYING = (nodes.Mul, nodes.Pow, nodes.Mod)


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with a tag, and what to do about it."""

    message: str
    hint: str = ""


@dataclass(slots=True)
class TagReader:
    """Reads the paragraphs of one part of a template in their order.

    ``schema`` is that of the model; ``blocks`` are the names that ``block()`` may be called with.
    """

    schema: Schema
    blocks: tuple[str, ...]
    open: list[tuple[str, str, dict[str, Schema]]] = field(default_factory=list)

    def read(self, text: str, *, may_hold_slots: bool) -> Iterator[Remark]:
        """What is wrong with the tags of a paragraph.

        Args:
            text: the text of the paragraph.
            may_hold_slots: whether blocks can stand here: in the body, outside tables.
        """
        if _LOOSE.search(_TAG.sub("", text)):
            yield Remark("a tag begins or ends in this paragraph, but not both", "type it anew")
            return
        for match in _TAG.finditer(text):
            tag = match.group()
            if tag.startswith("{#"):
                continue
            alone = text.strip() == tag
            yield from self._tag(tag.translate(_QUOTES), alone=alone, slots=may_hold_slots)

    def unclosed(self) -> Iterator[tuple[str, str]]:
        """The conditions and loops that do not end: the keyword and its tag."""
        yield from ((keyword, tag) for keyword, tag, _ in self.open)

    def _tag(self, tag: str, *, alone: bool, slots: bool) -> Iterator[Remark]:
        found = _PIECES.fullmatch(tag)
        if found is None:
            yield Remark(f"{tag} says nothing, or lacks a blank after its beginning")
            return
        if tag.startswith("{{"):
            yield from self._print(found["inner"], tag, found["kind"], alone=alone, slots=slots)
        else:
            yield from self._statement(found["inner"], tag)

    def _print(
        self, inner: str, tag: str, kind: str | None, *, alone: bool, slots: bool
    ) -> Iterator[Remark]:
        expression = self._parsed("{{ " + inner + " }}", tag)
        if isinstance(expression, Remark):
            yield expression
            return
        output = next(iter(expression.find_all(nodes.Output))).nodes[0]
        is_slot = isinstance(output, nodes.Call) or (
            isinstance(output, nodes.Name) and output.name in SLOTS
        )
        if is_slot and not (kind == "p" and alone and slots):
            hint = f"write {{{{p {inner} }}}} in a paragraph of its own, outside tables and headers"
            yield Remark(f"{tag} cannot stand here", hint)
        yield from self._faults_in(expression)
        found = self._type_of(output)
        if found and found.get("type") == "array":
            hint = f"repeat what is to be printed: {{%p for one in {inner} %}} … {{%p endfor %}}"
            yield Remark(f"{tag} is a list", hint)

    def _statement(self, inner: str, tag: str) -> Iterator[Remark]:
        keyword, _, rest = inner.partition(" ")
        if keyword in _LAYOUT:
            if rest:
                yield from self._expression(rest, tag)
        elif keyword == "if":
            self.open.append(("if", tag, {}))
            yield from self._expression(rest, tag)
        elif keyword in ("elif", "else"):
            if not self.open or (self.open[-1][0] != "if" and keyword == "elif"):
                yield Remark(f"{tag} belongs to no condition")
            elif rest:
                yield from self._expression(rest, tag)
        elif keyword in ("endif", "endfor"):
            yield from self._end(keyword.removeprefix("end"), tag)
        elif keyword == "for":
            yield from self._loop(inner, tag)
        else:
            yield Remark(f"{tag} is not taken", "there are if, elif, else, endif, for and endfor")

    def _end(self, keyword: str, tag: str) -> Iterator[Remark]:
        if not self.open or self.open[-1][0] != keyword:
            inside = f"; {self.open[-1][1]} is still open" if self.open else ""
            yield Remark(f"{tag} ends nothing that was begun{inside}")
        else:
            self.open.pop()

    def _loop(self, inner: str, tag: str) -> Iterator[Remark]:
        parsed = self._parsed("{% " + inner + " %}{% endfor %}", tag)
        names: dict[str, Schema] = {}
        if isinstance(parsed, Remark):
            yield parsed
        else:
            loop = next(iter(parsed.find_all(nodes.For)))
            yield from self._faults_in(loop.iter)
            listed = self._type_of(loop.iter)
            if listed and listed.get("type") not in (None, "array"):
                yield Remark(f"{tag} repeats what is no list", f"lists: {', '.join(self._lists())}")
            each = self._resolved((listed or {}).get("items", {}))
            names = {one.name: each for one in loop.target.find_all(nodes.Name)}
            if isinstance(loop.target, nodes.Name):
                names[loop.target.name] = each
            names["loop"] = {"type": "object", "properties": dict.fromkeys(_LOOP, _TEXT)}
        self.open.append(("for", tag, names))

    def _expression(self, text: str, tag: str) -> Iterator[Remark]:
        parsed = self._parsed("{{ " + text + " }}", tag)
        if isinstance(parsed, Remark):
            yield parsed
        else:
            yield from self._faults_in(parsed)

    def _parsed(self, source: str, tag: str) -> nodes.Template | Remark:
        try:
            return environment().parse(source)
        except TemplateSyntaxError as error:
            return Remark(f"{tag} is not written rightly: {error.message}")

    def _faults_in(self, tree: nodes.Node) -> Iterator[Remark]:
        for node in _all(tree):
            if isinstance(node, nodes.Call):
                yield from self._call(node)
            elif isinstance(node, nodes.Filter) and node.name not in (*FILTERS, "digits"):
                yield Remark(f"there is no filter {node.name}", f"filters: {', '.join(FILTERS)}")
            elif isinstance(node, _MULTIPLYING):
                yield Remark("multiplication is not allowed in a template")
            elif isinstance(node, nodes.Name):
                yield from self._name(node.name)
            elif isinstance(node, nodes.Getattr):
                yield from self._part(node)

    def _call(self, call: nodes.Call) -> Iterator[Remark]:
        named = isinstance(call.node, nodes.Name) and call.node.name == "block"
        if not named or len(call.args) != 1 or not isinstance(call.args[0], nodes.Const):
            yield Remark("only block('name') can be called in a template")
        elif (name := block_name(str(call.args[0].value))) not in self.blocks:
            hint = did_you_mean(name, self.blocks) or f"blocks: {', '.join(self.blocks)}"
            yield Remark(f"no document has a block {call.args[0].value!r}", hint)

    def _name(self, name: str) -> Iterator[Remark]:
        known = {*self.schema["properties"], *SLOTS, "block"}
        for _, _, names in self.open:
            known |= set(names)
        if name not in known:
            yield Remark(f"there is no {name!r}", did_you_mean(name, known) or _known(known))

    def _part(self, node: nodes.Getattr) -> Iterator[Remark]:
        whole = self._type_of(node.node)
        if whole is None:
            return
        parts = whole.get("properties", {})
        if node.attr not in parts:
            hint = did_you_mean(node.attr, parts) or _known(parts)
            if whole.get("type") == "array":
                hint = "it is a list: repeat a paragraph or a row with for"
            yield Remark(f"there is no {node.attr!r} in {_written(node.node)}", hint)

    def _type_of(self, node: nodes.Node) -> Schema | None:
        """The schema of what an expression gives; None if it cannot be told."""
        if isinstance(node, nodes.Name):
            for _, _, names in reversed(self.open):
                if node.name in names:
                    return names[node.name]
            found = self.schema["properties"].get(node.name)
            return None if found is None else self._resolved(found)
        if isinstance(node, nodes.Getattr):
            whole = self._type_of(node.node)
            part = (whole or {}).get("properties", {}).get(node.attr)
            return None if part is None else self._resolved(part)
        return None

    def _resolved(self, schema: Schema) -> Schema:
        reference = schema.get("$ref", "")
        found: Schema = self.schema["$defs"][reference.rpartition("/")[2]] if reference else schema
        return found

    def _lists(self) -> Iterator[str]:
        for name, one in self.schema["properties"].items():
            if one.get("type") == "array":
                yield name


def _all(tree: nodes.Node) -> Iterator[nodes.Node]:
    yield tree
    for child in tree.iter_child_nodes():
        yield from _all(child)


def _known(names: Iterable[str]) -> str:
    listed = sorted(names)
    return f"there are {', '.join(listed)}" if listed else "it is a text and has no parts"


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "it"
