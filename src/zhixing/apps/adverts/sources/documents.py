"""The words of a Word document, without opening anything but its text."""

from __future__ import annotations

import zipfile
from typing import IO
from xml.etree import ElementTree

from zhixing.apps.adverts.sources.texts import Unreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What the text part may unpack to; a longer advertisement is none.
MOST_BYTES = 20 * 1024 * 1024


def docx_text(file: IO[bytes]) -> str:
    """Paragraphs and table cells in their order, one a line.

    Raises:
        Unreadable: it is no Word document, its text is too large, or it declares entities.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > MOST_BYTES:
                raise Unreadable("the text of the document is too large")
            content = archive.read(part)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        raise Unreadable("expected a Word document (DOCX)") from error
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:  # entities that multiply (XML bombs)
        raise Unreadable("the document declares entities, which Word never does")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise Unreadable("the document is damaged") from error
    return "\n".join(filter(None, (_paragraph(one) for one in root.iter(f"{_W}p"))))


def _paragraph(paragraph: ElementTree.Element) -> str:
    words = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            words.append(node.text or "")
        elif node.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            words.append(" " if node.tag == f"{_W}tab" else "\n")
    return "".join(words).strip()
