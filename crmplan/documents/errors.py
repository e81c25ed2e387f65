"""What can go wrong when a document is written or a firm's template is read.

DocumentError
├── UnknownBookmarkError         DOC-UNKNOWN-BOOKMARK    a cross reference points nowhere
├── DuplicateBookmarkError       DOC-DUPLICATE-BOOKMARK  two blocks carry the same bookmark
├── BlockError                   DOC-BLOCK               a block contradicts itself
├── UnsafeTemplateError          DOC-TEMPLATE-UNSAFE     a firm's template holds what we refuse
├── TemplateTagError             DOC-TEMPLATE-TAG        a tag of a firm's template cannot be filled
├── MissingFontError             DOC-FONT                a bundled font file is not there
└── LayoutError                  DOC-LAYOUT              LibreOffice could not lay the document out
"""

from __future__ import annotations


class DocumentError(Exception):
    """A document cannot be written."""

    code = "DOC"


class UnknownBookmarkError(DocumentError):
    """A cross reference or link points at bookmarks that no block carries."""

    code = "DOC-UNKNOWN-BOOKMARK"

    def __init__(self, bookmarks: tuple[str, ...]) -> None:
        super().__init__(f"no block of the document carries the bookmark {', '.join(bookmarks)}")
        self.bookmarks = bookmarks


class DuplicateBookmarkError(DocumentError):
    """Two blocks carry the same bookmark."""

    code = "DOC-DUPLICATE-BOOKMARK"

    def __init__(self, bookmark: str) -> None:
        super().__init__(f"two blocks of the document carry the bookmark {bookmark}")
        self.bookmark = bookmark


class BlockError(DocumentError):
    """The values of one block contradict one another."""

    code = "DOC-BLOCK"

    def __init__(self, block: str, reason: str) -> None:
        super().__init__(f"{block}: {reason}")
        self.block = block
        self.reason = reason


class UnsafeTemplateError(DocumentError):
    """A firm's template holds something that could run, load or overflow."""

    code = "DOC-TEMPLATE-UNSAFE"

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"the template is refused: {place}: {reason}")
        self.place = place
        self.reason = reason


class TemplateTagError(DocumentError):
    """A tag of a firm's template cannot be filled."""

    code = "DOC-TEMPLATE-TAG"

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(
            f"the template cannot be filled: {reason}" + (f" (near {place})" * bool(place))
        )
        self.reason = reason
        self.place = place


class MissingFontError(DocumentError):
    """A font file that this language embeds is not installed with the program."""

    code = "DOC-FONT"

    def __init__(self, path: str) -> None:
        super().__init__(f"the font file {path} is missing; install the program again")
        self.path = path


class LayoutError(DocumentError):
    """LibreOffice did not turn the document into pages."""

    code = "DOC-LAYOUT"

    def __init__(self, reason: str) -> None:
        super().__init__(f"LibreOffice could not lay the document out: {reason}")
        self.reason = reason
