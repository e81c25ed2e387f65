"""Take an MS Project XML file apart without trusting it: elements with their lines, within limits.

Refused: document types and with them all entities, files and trees beyond any plan, and what is
no MS Project XML. Nothing is loaded from anywhere. What MS Project keeps per hour or about its
screens is not kept, so that a large file stays small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from crmplan.errors import ExchangeError
from crmplan.exchange.mspdi_elements import NAMESPACE

LARGEST_FILE = 64 * 1024 * 1024
MOST_ELEMENTS = 1_000_000
"""Elements that are kept; 2,000 tasks as MS Project writes them have 300,000."""

DEEPEST = 20

_LEFT_OUT = frozenset(
    {"TimephasedData", "Views", "Filters", "Groups", "Tables", "Maps", "Reports", "Drawings"}
    | {"DataLinks", "VBAProjects", "WBSMasks"}
)
_SAVE_AS = "in MS Project: File, Save As, XML Format (*.xml)"
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


@dataclass(slots=True)
class Node:
    """An element: its name, its place, its text or its children."""

    name: str
    line: int
    column: int
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def find(self, name: str) -> Node | None:
        """Find the first child of a name."""
        return next((one for one in self.children if one.name == name), None)

    def all(self, *path: str) -> Iterator[Node]:
        """Give the elements at the end of a path of names."""
        name, *rest = path
        for one in self.children:
            if one.name == name:
                if rest:
                    yield from one.all(*rest)
                else:
                    yield one


def parse(text: bytes | str, *, name: str) -> Node:
    """Read the elements of a file.

    Args:
        text: the file; a text is read as it stands, whatever encoding its head names.
        name: what the file is called, for messages.

    Raises:
        ExchangeError: if it is no MS Project XML, is damaged, has a document type, or is too large.
    """
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    _refuse_other_kinds(data, name)
    tree = _Tree(name)
    parser = expat.ParserCreate("utf-8" if isinstance(text, str) else None, " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = tree.refuse_doctype
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.add_text
    tree.parser = parser
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as cause:
        raise ExchangeError(f"{name}: the file is damaged ({cause})", hint=_SAVE_AS) from cause
    assert tree.root is not None  # expat refuses a file without an element
    return tree.root


def _refuse_other_kinds(data: bytes, name: str) -> None:
    if len(data) > LARGEST_FILE:
        raise _too_large(name)
    if data.startswith(_OLE):
        raise ExchangeError(f"{name}: this is an MS Project file (.mpp)", hint=_SAVE_AS)
    if data.startswith(_ZIP):
        raise ExchangeError(f"{name}: this is an archive or an Office file", hint=_SAVE_AS)


def _too_large(name: str) -> ExchangeError:
    return ExchangeError(
        f"{name}: the file is larger than any plan", hint="send the plan alone, without baselines"
    )


class _Tree:
    """Builds the elements as the parser meets them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self.parser: expat.XMLParserType
        self._open: list[tuple[Node, list[str]]] = []
        self._depth = 0
        self._left_out_at = 0
        self._count = 0

    def refuse_doctype(self, *_declaration: object) -> None:
        raise ExchangeError(
            f"{self.name}: the file has a document type, which no plan needs", hint=_SAVE_AS
        )

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._left_out_at:
            return
        namespace, _, name = tag.rpartition(" ")
        if self.root is None and (name != "Project" or namespace not in ("", NAMESPACE)):
            raise ExchangeError(f"{self.name}: this is no MS Project XML", hint=_SAVE_AS)
        if name in _LEFT_OUT:
            self._left_out_at = self._depth
            return
        self._count += 1
        if self._count > MOST_ELEMENTS or self._depth > DEEPEST:
            raise _too_large(self.name)
        node = Node(name, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        if self._open:
            self._open[-1][0].children.append(node)
        else:
            self.root = node
        self._open.append((node, []))

    def end(self, _tag: str) -> None:
        if self._left_out_at:
            if self._depth == self._left_out_at:
                self._left_out_at = 0
        else:
            node, parts = self._open.pop()
            node.text = "".join(parts)
        self._depth -= 1

    def add_text(self, text: str) -> None:
        if self._open and not self._left_out_at:
            self._open[-1][1].append(text)
