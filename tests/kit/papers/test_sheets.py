"""From facts to sheets, DOCX and PDF."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from docx import Document

from zhixing.kit.errors import Invalid
from zhixing.kit.papers import typeface
from zhixing.kit.papers.compose import Sheet, compose
from zhixing.kit.papers.docx import to_docx
from zhixing.kit.papers.form import FormInvalid, PaperForm, read_form
from zhixing.kit.papers.pdf import to_pdf

DAY = date(2026, 11, 24)
RARE = "𬭎䶮㛃"
ROWS = [{"name": f"{RARE}电视台", "rate": 0.0123}, {"name": "<b>&报", "rate": None}]


def form(**values: Any) -> PaperForm:
    """A form with every kind of block."""
    given: dict[str, Any] = {
        "code": "tests.bulletin", "version": 1, "title_zh": "通报", "title_en": "Bulletin",
        "heading": "关于{{ month }}广告监测情况的通报", "word": "广监", "addressee": "各县区局",
        "asked": [
            {"name": "month", "label_zh": "月份"},
            {"name": "remark", "label_zh": "备注", "required": False},
        ],
        "block": [
            {"kind": "heading", "text": "一、总体情况"},
            {"kind": "text", "text": "共监测{{ n }}条次 #strong[x] {{ since|day }}\n第二段"},
            {"kind": "text", "text": "备注:{{ remark }}", "when": "remark"},
            {"kind": "facts", "lines": [{"label": "当事人", "text": "{{ rows[0].name }}"}]},
            {
                "kind": "table", "rows": "rows",
                "columns": [
                    {"label": "媒体", "text": "{{ row.name }}", "width": 2},
                    {"label": "违法率", "text": "{{ row.rate|percent }}", "align": "right"},
                ],
            },
            {"kind": "list", "rows": "none", "text": "{{ row }}", "empty": "无。"},
            {"kind": "boxes", "lines": [
                {"label": "同意", "when": "n > 1"}, {"label": "不同意", "when": "n < 1"},
            ]},
            {"kind": "sign", "lines": [{"label": "承办人"}]},
        ],
    }  # fmt: skip
    return PaperForm.model_validate(given | values)


def sheet(**more: Any) -> Sheet:
    facts = {"month": "2026年11月", "n": 12, "since": DAY, "rows": ROWS, "none": []} | more
    return compose(form(), facts, office="示范市局", day=DAY, number="示市监广监〔2026〕1号")


def test_a_form_filled_in_says_what_the_facts_say() -> None:
    """Texts, tables, ticked boxes; a block whose condition does not hold is left out."""
    made = sheet()
    assert made.heading == "关于2026年11月广告监测情况的通报"
    assert made.day == "2026年11月24日"
    texts = [line for block in made.blocks for line in block.paragraphs]
    assert texts == [
        "一、总体情况", "共监测12条次 #strong[x] 2026年11月24日", "第二段", "无。",
        "■ 同意", "□ 不同意",
    ]  # fmt: skip
    table = next(block for block in made.blocks if block.kind == "table")
    assert table.rows == [[f"{RARE}电视台", "1.23%"], ["<b>&报", "—"]]
    assert "备注:急" in [line for block in sheet(remark="急").blocks for line in block.paragraphs]


@pytest.mark.parametrize("missing", ["month", "n", "rows"])
def test_a_missing_fact_is_named_and_no_paper_is_made(missing: str) -> None:
    """Never a blank on an official paper."""
    facts = {"month": "2026年11月", "n": 12, "since": DAY, "rows": ROWS, "none": []}
    del facts[missing]
    with pytest.raises(Invalid, match=f"月份|{missing}"):
        compose(form(), facts, office="示范市局", day=DAY)


def test_templates_of_forms_reach_nothing_but_the_facts() -> None:
    """They run in a sandbox."""
    dangerous = form(heading="{{ month.__class__.__mro__ }}")
    with pytest.raises(Invalid):
        compose(dangerous, {"month": "x", "n": 1, "rows": []}, office="", day=None)


def test_pdf_embeds_its_typeface_and_draws_rare_characters() -> None:
    """Every font of the file is embedded and is the CJK one; the same sheet gives the same file."""
    made = to_pdf(sheet())
    pages = pypdf.PdfReader(BytesIO(made)).pages
    fonts: list[Any] = [
        one.get_object() for page in pages for one in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object()
        assert "NotoSansCJK" in font["/BaseFont"]
        assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())
    text = "".join(page.extract_text() for page in pages)
    assert RARE in text
    assert "#strong[x]" in text
    assert "<b>&报" in text
    assert to_pdf(sheet()) == made
    assert typeface.lacking(RARE) == ""


def test_a_character_that_cannot_be_drawn_is_refused_by_name() -> None:
    """A box on an official paper is worse than no paper."""
    assert typeface.lacking("知𐎀") == "𐎀"
    with pytest.raises(Invalid, match="𐎀"):
        to_pdf(sheet(month="𐎀"))


def test_docx_holds_the_same_words() -> None:
    """Paragraphs, tables with their grid, and nothing left of the template."""
    document = Document(BytesIO(to_docx(sheet())))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts[:3] == [
        "关于2026年11月广告监测情况的通报", "示市监广监〔2026〕1号", "各县区局:",
    ]  # fmt: skip
    assert texts[-2:] == ["示范市局", "2026年11月24日"]
    facts, table = document.tables
    assert [cell.text for cell in facts.rows[0].cells] == ["当事人", f"{RARE}电视台"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["媒体", "违法率"], [f"{RARE}电视台", "1.23%"], ["<b>&报", "—"],
    ]  # fmt: skip
    assert len(table.columns) == 2
    assert not any("{" in text for text in texts)


def test_a_bureau_may_use_its_own_letterhead(tmp_path: Path, settings: Any) -> None:
    """A template of its own under the form's name comes before the house's."""
    own = Document()
    own.add_paragraph("红头 {{ paper.heading }}")
    own.save(str(tmp_path / "tests.bulletin.docx"))
    settings.PAPERS_DIR = str(tmp_path)
    made = Document(BytesIO(to_docx(sheet(), "tests.bulletin")))
    assert [p.text for p in made.paragraphs] == ["红头 关于2026年11月广告监测情况的通报"]
    assert len(Document(BytesIO(to_docx(sheet(), "tests.other"))).paragraphs) > 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("code = 1", "code"),
        ('code = "a.b"\nversion = 1\ntitle_zh = "x"\ntitle_en = "x"\nheading = "x"', "block"),
        ("= ", "Invalid"),
        (
            'code = "a.b"\nversion = 1\ntitle_zh = "x"\ntitle_en = "x"\nheading = "x"\n'
            '[[block]]\nkind = "table"\nrows = "r"',
            "columns",
        ),
    ],
)
def test_a_broken_form_is_refused_with_file_and_fault(
    tmp_path: Path, text: str, fault: str
) -> None:
    """At start-up, not when an officer needs it."""
    path = tmp_path / "form.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormInvalid, match=rf"form\.toml.*{fault}"):
        read_form(path)
