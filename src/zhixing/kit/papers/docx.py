"""A sheet as DOCX: the house template, or the bureau's own, filled in by docxtpl.

The house template is built here from its parts, so that nothing binary lies in the repository. A
bureau that wants its own letterhead puts `<form>.docx` or `paper.docx` into `ZHIXING_PAPERS_DIR`;
its places are the same: `{{ paper.heading }}`, `{%p for block in paper.blocks %}` and so on.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings

from zhixing.kit.papers.compose import Sheet

MARGINS_MM = {"top": 37, "bottom": 35, "left": 28, "right": 26}
SIDES = {"left": 0, "center": 1, "right": 2}


def to_docx(sheet: Sheet, form_code: str = "") -> bytes:
    """The sheet as DOCX, with the template of the bureau where it has one for the form."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(BytesIO(_template(form_code)))
    template.render({"paper": asdict(sheet)}, autoescape=True)
    tables = [block for block in sheet.blocks if block.kind in {"facts", "table"}]
    for table, block in zip(template.docx.tables, tables, strict=False):
        _fit(table, block.widths or [1.0, 2.6], block.aligns)
    made = BytesIO()
    template.save(made)
    return made.getvalue()


def _template(form_code: str) -> bytes:
    own = settings.PAPERS_DIR
    for name in (f"{form_code}.docx", "paper.docx"):
        if own and (path := Path(own) / name).is_file():
            return path.read_bytes()
    return house_template()


@lru_cache(maxsize=1)
def house_template() -> bytes:
    """The template of the house: A4 with the margins of GB/T 9704, FangSong 16 pt."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS_MM.items():
        setattr(section, f"{side}_margin", Mm(width))
    _style(document)

    def add(text: str, *, side: Any = SIDE.JUSTIFY, size: int = 16, bold: bool = False,
            indent: bool = False) -> None:  # fmt: skip
        _paragraph(document, text, side, size, bold, indent)

    add("{%p if paper.is_draft %}")
    add("草稿", side=SIDE.RIGHT)
    add("{%p endif %}")
    add("{{ paper.heading }}", side=SIDE.CENTER, size=22, bold=True)
    add("{%p if paper.number %}")
    add("{{ paper.number }}", side=SIDE.CENTER)
    add("{%p endif %}")
    add("{%p if paper.addressee %}")
    add("{{ paper.addressee }}:")
    add("{%p endif %}")
    add("{%p for block in paper.blocks %}")
    for kind in ("heading", "text"):
        add(f"{{%p if block.kind == '{kind}' %}}")
        add("{%p for line in block.paragraphs %}")
        add("{{ line }}", bold=kind == "heading", indent=kind == "text")
        add("{%p endfor %}")
        add("{%p endif %}")
    add("{%p if block.kind == 'sign' %}")
    add("{%p for row in block.rows %}")
    add("{{ row[0] }}:{{ row[1] }}________________")
    add("{%p endfor %}")
    add("{%p endif %}")
    add("{%p if block.kind == 'facts' %}")
    _table(document, [
        ["{%tr for row in block.rows %}", ""], ["{{ row[0] }}", "{{ row[1] }}"],
        ["{%tr endfor %}", ""],
    ])  # fmt: skip
    add("{%p endif %}")
    add("{%p if block.kind == 'table' %}")
    _table(document, [
        ["{%tc for label in block.labels %}", "{{ label }}", "{%tc endfor %}"],
        ["{%tr for row in block.rows %}", "", ""],
        ["{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"],
        ["{%tr endfor %}", "", ""],
    ])  # fmt: skip
    add("{%p endif %}")
    add("{%p endfor %}")
    add("{%p if paper.is_signed %}")
    add("{{ paper.office }}", side=SIDE.RIGHT)
    add("{{ paper.day or '年  月  日' }}", side=SIDE.RIGHT)
    add("{%p endif %}")
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _style(document: Any) -> None:
    """Name the official typefaces; Word takes them from the officer's machine."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), settings.PAPERS_WORD_FONT)
    style.paragraph_format.line_spacing = Pt(28)
    style.paragraph_format.space_after = Pt(0)


def _paragraph(document: Any, text: str, side: Any, size: int, bold: bool, indent: bool) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = side
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)


def _table(document: Any, cells: list[list[str]]) -> None:
    from docx.shared import Pt

    table = document.add_table(rows=len(cells), cols=len(cells[0]), style="Table Grid")
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing = None
            paragraph.add_run(text).font.size = Pt(12)


def _fit(table: Any, widths: list[float], aligns: list[str]) -> None:
    """Give the table as many grid columns as it has cells, in the widths asked for."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    whole = 210 - MARGINS_MM["left"] - MARGINS_MM["right"]
    parts = [Mm(whole * width / sum(widths)) for width in widths]
    grid = table._tbl.tblGrid
    for old in list(grid):
        grid.remove(old)
    for part in parts:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(int(part.twips)))
        grid.append(column)
    for number, row in enumerate(table.rows):
        for place, cell in enumerate(row.cells):
            cell.width = parts[place]
            if number and aligns:
                cell.paragraphs[0].alignment = SIDES[aligns[place]]
