"""Capture: whatever it comes in, a text is kept once with its evidence and its places."""

from __future__ import annotations

import io
import json
import os
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.apps.adverts import examples
from tests.apps.media import examples as media
from zhixing.apps.adverts.actions.capture_files import capture_file, capture_text
from zhixing.apps.adverts.actions.keep_keys import make_key, withdraw_key
from zhixing.apps.adverts.actions.watch_folders import start_look, watch_folder
from zhixing.apps.adverts.api import Ad, Capture, Placement, Seen
from zhixing.apps.adverts.selectors import ads_visible
from zhixing.kit.errors import Invalid, Refused
from zhixing.kit.files.api import files_of
from zhixing.kit.jobs.api import run_inline
from zhixing.kit.testing.imports import import_text
from zhixing.kit.testing.suites import BACKEND

pytestmark = pytest.mark.django_db
DAY = examples.DAY


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.DROP_DIR = str(tmp_path / "drop")


@pytest.fixture
def people() -> Any:
    return examples.cast()


def details(**values: Any) -> Seen:
    return Seen(text=values.pop("text", ""), shown_on=DAY, **values)


def test_the_same_text_on_many_media_is_one_advertisement(people: Any) -> None:
    """Symbols and blanks between characters make no other text; each print is kept."""
    office = people.keeper.unit_path
    for number in (1, 2, 3):
        medium = examples.medium(office, number)
        text = "★".join("示范牌酱油老味道") if number == 3 else "示范牌酱油 老味道"
        examples.taken(office, examples.seen(text, medium=medium))
    ad = Ad.objects.get()
    assert (ad.placement_count, ad.first_seen, ad.last_seen) == (3, DAY, DAY)
    assert [p.print_text[:2] for p in ad.placements.order_by("pk")] == ["", "", "示★"]


def test_nearly_the_same_text_is_a_variant_of_the_first(people: Any) -> None:
    """Also within one batch; a variant of a variant names the first."""
    office = people.keeper.unit_path
    base = "示范牌酱油，三代人的手艺，自然晒制一百八十天，今日到店立减五元，电话一二三四五六"
    texts = [base, base.replace("五元", "八元"), base.replace("电话", "热线"), "卖花的小店今天开门"]
    examples.taken(office, *(examples.seen(text) for text in texts[:2]))
    examples.taken(office, *(examples.seen(text) for text in texts[2:]))
    first, *others = Ad.objects.order_by("pk")
    assert [ad.same_as for ad in others] == [first, first, None]


def test_an_appearance_captured_again_adds_nothing(people: Any) -> None:
    """Two that cannot be told apart in one source are two, again and again."""
    office = people.keeper.unit_path
    for _time in range(2):
        row = examples.taken(office, examples.seen(), examples.seen())
    assert Placement.objects.count() == 2
    assert (row.texts, row.new_ads, row.new_placements) == (2, 0, 0)


def test_a_placement_on_a_drawn_day_is_random_and_others_are_targeted(people: Any) -> None:
    """Nobody chooses: medium and day decide."""
    office = people.keeper.unit_path
    medium = media.medium(office)
    found = media.running(office, plan={"newspaper": 1}).days.get()
    other = next(d for d in (media.FIRST, media.LAST) if d != found.day)
    examples.taken(
        office,
        examples.seen(medium=medium, shown_on=found.day),
        examples.seen(medium=medium, shown_on=other),
    )
    assert {p.shown_on: p.design for p in Placement.objects.all()} == {
        found.day: "random", other: "targeted",
    }  # fmt: skip


def test_an_office_sees_what_ran_on_its_media_whoever_captured_it(people: Any) -> None:
    """The page too; an office with neither sees nothing."""
    medium = examples.medium(people.elsewhere.unit_path)
    examples.taken(people.keeper.unit_path, examples.seen(medium=medium))
    ad = Ad.objects.get()
    assert list(ads_visible(people.elsewhere)) == [ad]
    client = Client()
    client.force_login(people.elsewhere, backend=BACKEND)
    assert client.get(ad.get_absolute_url()).status_code == 200


def test_pasted_words_are_kept_as_a_file_and_parted_by_dashes(people: Any) -> None:
    """Text with a hash; three dashes begin the next advertisement."""
    row = capture_text(people.keeper, "第一条广告词\n---\n第二条广告词\n", details())
    assert (row.texts, Ad.objects.count()) == (2, 2)
    file = files_of(row).get()
    assert (file.sm3, file.media_type) == (row.sm3, "text/plain")
    with pytest.raises(Invalid):
        capture_text(people.keeper, " \n", details())


def docx(*paragraphs: str, extra: str = "") -> ContentFile[bytes]:
    """A Word document of these paragraphs."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{extra}<w:document xmlns:w="{space}"><w:body>{body}</w:body>'
            "</w:document>",
        )
    return ContentFile(content.getvalue(), name="稿件.docx")


PAGE = """<!doctype html><html><head><meta charset="gbk"><title>示范 酱油</title>
<style>p{}</style></head><body><nav><a href=/>首页</a> <a href=/a>更多</a></nav>
<h1>示范牌酱油</h1><p>三代人的<b>手艺</b>，<a href="/x">点此购买</a>，今日到店立减</p>
<p style="display:none">看不见的词</p><script>var a = "脚本里的词"</script>
<img alt="图片上的词"><p style="font-size:4px">小字也要看</p></body></html>"""


def test_word_and_web_pages_are_read(people: Any) -> None:
    """Paragraphs; of a page what a visitor reads, small print too, without menus and scripts."""
    capture_file(people.keeper, docx("第一段词", "第二段词"), details())
    assert Ad.objects.latest("pk").text == "第一段词\n第二段词"
    capture_file(people.keeper, ContentFile(PAGE.encode("gbk"), name="页.html"), details())
    ad = Ad.objects.latest("pk")
    assert ad.title == "示范 酱油"
    assert ad.text == ("示范牌酱油\n三代人的手艺，点此购买，今日到店立减\n图片上的词\n小字也要看")


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (ContentFile(b"PK\x03\x04broken", name="a.docx"), "稿件|DOCX|docx"),
        (docx("x" * 5, extra='<!DOCTYPE a [<!ENTITY b "c">]>'), "docx"),
        (ContentFile(b"\x89PNG\r\n\x1a\n" + b"0" * 20, name="a.png"), "a.png"),
        (ContentFile("媒体,日期".encode(), name="a.csv"), "a.csv"),
        (ContentFile(b"MZ", name="a.exe"), "a.exe"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(people: Any, file: Any, why: str) -> None:
    """Damaged, with entities, a picture without words, a log, a program."""
    with pytest.raises(Invalid, match=why):
        capture_file(people.keeper, file, details())
    assert not Capture.objects.exists()


def test_a_picture_is_evidence_of_the_words_typed(people: Any) -> None:
    """The file is kept under its hash."""
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 20
    row = capture_file(
        people.keeper, ContentFile(png, name="海报.png"), details(text="海报上的广告词")
    )
    assert Ad.objects.get().text == "海报上的广告词"
    assert files_of(row).get().media_type == "image/png"


def warc(pages: list[tuple[str, str, bytes]]) -> bytes:
    """A packed WARC file of responses: address, kind, body."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, kind, body in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=headers,
                warc_headers_dict={"WARC-Date": "2026-06-05T18:30:00Z"},
            )
        )  # fmt: skip
    return out.getvalue()


def crawl() -> bytes:
    """Two pages, a picture, a page without words."""
    page = "<html><body><p>{}</p></body></html>"
    return warc([
        ("https://www.shop.example/a", "text/html", page.format("示范牌酱油").encode()),
        ("https://shop.example/p.png", "image/png", b"\x89PNG"),
        ("https://other.example/b", "text/html", page.format("示范牌食醋").encode("gbk")),
        ("https://shop.example/c", "text/html", page.format("").encode()),
    ])  # fmt: skip


def test_a_crawl_is_read_by_a_job_page_by_page(people: Any) -> None:
    """Medium by host, day and time of the crawl; what has no words is told; again adds nothing."""
    office = people.keeper.unit_path
    site = examples.medium(office, name="示范商城", kind="website", address="https://shop.example")
    for _time in range(2):
        file = ContentFile(crawl(), name="crawl.warc.gz")
        row = capture_file(people.keeper, file, details())
        run_inline(row.job)
    row = Capture.objects.order_by("pk")[0]
    assert (row.source, row.texts, row.new_ads, len(row.rejects)) == ("crawl", 2, 2, 1)
    assert row.rejects[0]["where"] == "https://shop.example/c"
    first, second = Placement.objects.order_by("pk")
    assert (first.medium, first.shown_on, str(first.shown_at)) == (
        site, date(2026, 6, 6), "02:30:00",
    )  # fmt: skip
    assert (second.medium, second.medium_name, second.ad.text) == (
        None, "other.example", "示范牌食醋",
    )  # fmt: skip


def test_a_crawl_that_breaks_off_keeps_what_came_before(people: Any) -> None:
    """And says where it ended."""
    content = crawl()
    row = capture_file(people.keeper, ContentFile(content[:-20], name="c.warc.gz"), details())
    run_inline(row.job)
    row.refresh_from_db()
    assert row.texts == 2
    assert any("WARC" in reject["why"] for reject in row.rejects)


LOG = (
    "媒体名称,播出日期,播出时间,时长,广告内容,类别,广告主\n"
    "示范卫视,2026-06-01,7:05,15秒,示范牌酱油新品上市,食品,示范调味品厂\n"
    "示范卫视,2026/6/1,19:05:30,0:30,示范牌酱油新品上市,food,示范调味品厂\n"
)


def test_a_log_becomes_advertisements_with_placements_and_the_file_is_kept(people: Any) -> None:
    """Equal words are one advertisement; the medium is found by name; sent again, nothing."""
    office = people.keeper.unit_path
    channel = examples.medium(office, name="示范卫视", kind="tv")
    log = LOG.replace(",食品,", ",food,")
    for expected in (2, 0):
        run = import_text(examples.SYSTEM, "ad-placements", log, office)
        assert (run.state, run.created_count) == ("done", expected), run.message
    ad = Ad.objects.get()
    assert (ad.category, ad.advertiser_name, ad.placement_count) == ("food", "示范调味品厂", 2)
    assert [(p.medium, str(p.shown_at), p.seconds) for p in ad.placements.order_by("pk")] == [
        (channel, "07:05:00", 15), (channel, "19:05:30", 30),
    ]  # fmt: skip
    row = Capture.objects.order_by("pk")[0]
    assert (row.source, row.texts, row.new_ads, row.sm3) == ("import", 2, 1, run.file_sm3)
    assert files_of(row).get().sm3 == run.file_sm3


@pytest.mark.parametrize(
    ("column", "cell"),
    [("时长", "很久"), ("播出时间", "25:00"), ("类别", "新奇"), ("播出日期", "2099-01-01")],
)
def test_a_cell_that_cannot_be_is_an_error_of_its_row(people: Any, column: str, cell: str) -> None:
    """With what was expected; nothing is written."""
    from zhixing.kit.exchange.actions import map_columns, start_import
    from zhixing.kit.exchange.checking import check_run

    head, first, *_rest = LOG.splitlines()
    cells = first.replace("食品", "food").split(",")
    cells[head.split(",").index(column)] = cell
    run = start_import(
        examples.SYSTEM, "ad-placements", file_name="log.csv",
        chunks=["\n".join([head, ",".join(cells)]).encode()], unit_path=people.keeper.unit_path,
    )  # fmt: skip
    run = map_columns(examples.SYSTEM, run, mapping=run.mapping, constants={})
    assert check_run(run, examples.SYSTEM, lambda *_x: None).error_count == 1


def test_new_files_of_a_watched_folder_are_taken_once(people: Any, tmp_path: Path) -> None:
    """Texts are captured, logs imported, the rest is told; a changed file is taken again."""
    office = people.head.unit_path
    examples.medium(office, name="示范卫视", kind="tv")
    row = watch_folder(people.head, folder="tv", unit_path=office)
    folder = tmp_path / "drop" / "tv"
    (folder / "a.txt").write_text("文件夹里的广告词", "utf-8")
    (folder / "log.csv").write_text(LOG.replace(",食品,", ",food,"), "utf-8")
    (folder / "x.exe").write_bytes(b"MZ")
    (folder / "new.txt").write_text("还在写的文件", "utf-8")
    (tmp_path / "secret.txt").write_text("外面的文件", "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    old = time.time() - 120
    for name in ("a.txt", "log.csv", "x.exe"):
        os.utime(folder / name, (old, old))

    def look() -> dict[str, Any]:
        return run_inline(start_look(people.head, office)).result or {}

    assert look() == {"taken": 2, "refused": 1}
    assert sorted(Ad.objects.values_list("text", flat=True)) == [
        "文件夹里的广告词",
        "示范牌酱油新品上市",
    ]
    assert look() == {"taken": 0, "refused": 0}
    (folder / "a.txt").write_text("改过的广告词", "utf-8")
    os.utime(folder / "a.txt", (old, old + 1))
    assert look() == {"taken": 1, "refused": 0}
    row.refresh_from_db()
    assert row.taken["x.exe"]["problem"]


@pytest.mark.parametrize("name", ["../x", "/etc", "..", ""])
def test_a_folder_lies_below_the_drop_folder(people: Any, name: str) -> None:
    """No way out of it; an officer who does not head the office watches nothing."""
    with pytest.raises(Invalid):
        watch_folder(people.head, folder=name, unit_path=people.head.unit_path)
    with pytest.raises(Refused):
        watch_folder(people.keeper, folder="tv", unit_path=people.keeper.unit_path)


SENT = {"ads": [{"text": "程序送来的广告词", "shown_on": "2026-06-01", "medium_number": "M1"}]}


def send(secret: str, body: Any) -> Any:
    return Client(headers={"Authorization": f"Bearer {secret}"}).post(
        "/api/v1/adverts/captures", json.dumps(body), content_type="application/json"
    )


def test_a_program_with_a_key_sends_advertisements(people: Any) -> None:
    """Kept once with the body as evidence, in the office of the key."""
    examples.medium(people.head.unit_path, number="M1")
    key, secret = make_key(people.head, name="监测系统", unit_path=people.head.unit_path)
    for expected in (1, 0):
        answer = send(secret, SENT)
        assert (answer.status_code, answer.json()["new_ads"]) == (200, expected)
    row = Capture.objects.order_by("pk")[0]
    assert (row.source, row.unit_path, row.name) == ("rest", key.unit_path, "监测系统")
    assert "程序送来的广告词" in Ad.objects.get().text
    assert secret not in key.digest


def test_without_a_key_in_force_or_with_unknown_facts_nothing_is_kept(people: Any) -> None:
    """401 without, 422 with the place of what is wrong, 401 once it is withdrawn."""
    key, secret = make_key(people.head, name="监测系统", unit_path=people.head.unit_path)
    assert send("wrong", SENT).status_code == 401
    answer = send(secret, SENT)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["ads.0.medium_number"])
    withdraw_key(people.head, key)
    assert send(secret, SENT).status_code == 401
    assert not Ad.objects.exists()


def test_the_page_captures_and_leads_to_what_was_captured(people: Any) -> None:
    """One text leads to its page, with what the rules found in it."""
    client = Client()
    client.force_login(people.keeper, backend=BACKEND)
    answer = client.post("/adverts/capture/", {"text": "新词", "shown_on": "2026-06-01"})
    assert answer["Location"] == Ad.objects.get().get_absolute_url()
    assert client.post("/adverts/capture/", {"shown_on": "2026-06-01"}).status_code == 422
