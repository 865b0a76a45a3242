"""The words of a web page: title and what a visitor reads, block by block."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from zhixing.apps.adverts.sources.texts import charset_of, decoded

HEAD = 4096
# Content that nobody reads as text; what a form or a frame asks for is no claim.
UNREAD = {"script", "style", "noscript", "template", "svg", "select", "iframe", "object"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul", "option",
}  # fmt: skip
VOID = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# A block with this share of its characters in links leads elsewhere and says nothing itself.
LINKS = 0.8
SHORT = 40


@dataclass(frozen=True, slots=True)
class WebPage:
    """Title and text of a page; blocks stand on lines of their own."""

    title: str
    text: str


def read_page(content: bytes, declared: str = "") -> WebPage:
    """The words of an HTML page.

    Hidden parts are left out, except for text that is only small: small print is what is looked
    for. Texts of pictures (`alt`) count as words.

    Raises:
        Unreadable: the bytes are no text.
    """
    reader = _Reader()
    reader.feed(decoded(content, declared or charset_of(content[:HEAD])))
    reader.close()
    return WebPage(" ".join(reader.title.split()), "\n".join(reader.finished()))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.blocks: list[str] = []
        self._words: list[str] = []
        self._linked = 0
        self._unread: list[str] = []  # open elements from an unread one inwards
        self._links = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread:
            if tag not in VOID:
                self._unread.append(tag)
            return
        given = dict(attrs)
        hidden = "hidden" in given or _HIDDEN.search(given.get("style") or "") is not None
        if tag in UNREAD or (hidden and tag not in VOID):
            self._unread.append(tag)
            return
        if tag in BLOCKS:
            self._end_block()
        if tag == "a":
            self._links += 1
        elif tag == "title":
            self._in_title = True
        elif tag == "img" and given.get("alt"):
            self.handle_data(f" {given['alt']} ")

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            # Pages forget to close; the innermost element of that name ends all inside it.
            if tag in self._unread:
                last = len(self._unread) - 1 - self._unread[::-1].index(tag)
                del self._unread[last:]
            return
        if tag in BLOCKS:
            self._end_block()
        if tag == "a" and self._links:
            self._links -= 1
        elif tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        if self._in_title:
            self.title += data
            return
        self._words.append(data)
        if self._links:
            self._linked += len(data.strip())

    def finished(self) -> list[str]:
        """The blocks read, the last one too."""
        self._end_block()
        return self.blocks

    def _end_block(self) -> None:
        block = " ".join("".join(self._words).split())
        leads_elsewhere = len(block) < SHORT and self._linked >= LINKS * len(block)
        if block and not leads_elsewhere:
            self.blocks.append(block)
        self._words, self._linked = [], 0
