"""Screening: once per text and version, findings, leads, approvals, what is to be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.apps.adverts import examples
from zhixing.apps.adverts.actions import lead_ads
from zhixing.apps.adverts.actions.keep_ads import update_ad
from zhixing.apps.adverts.actions.keep_approvals import update_approval
from zhixing.apps.adverts.actions.screen_ads import screen_ads, start_screening
from zhixing.apps.adverts.models import Ad, Finding, ReviewPlan
from zhixing.apps.adverts.screening import version_on
from zhixing.apps.leads.api import Lead
from zhixing.kit.errors import Refused
from zhixing.kit.jobs.api import run_inline
from zhixing.kit.testing.suites import recorded_deeds

pytestmark = pytest.mark.django_db
BOTH = "示范牌酱油畞犇甲，畞犇乙，老味道"


def screened(office: str, text: str = BOTH, **values: Any) -> Ad:
    """An advertisement captured and screened."""
    ad = examples.ad(office, text, **values)
    screen_ads(examples.SYSTEM, [ad.pk])
    ad.refresh_from_db()
    return ad


def current(ad: Ad) -> list[tuple[str, str, str]]:
    rows = ad.findings.filter(is_current=True)
    return [(row.family, row.span, row.severity) for row in rows]


def test_findings_stand_at_their_words_with_rule_article_and_version() -> None:
    """Start and end are places in the text as captured."""
    ad = screened(examples.cast().keeper.unit_path)
    assert current(ad) == [
        ("ABSOLUTE_TERM", "畞犇甲", "ordinary"),
        ("MED_TERM_NONMED", "畞犇乙", "serious"),
    ]
    for row in ad.findings.all():
        assert ad.text[row.start : row.end] == row.span
        assert row.ruleset_version == version_on(examples.DAY) == ad.screened_version
    first = ad.findings.first()
    assert (first.rule, first.articles) == ("made-up-ordinary", ["advertising-law art 9(3)"])
    assert (ad.score, ad.is_serious, ad.reading, ad.is_due) == (0.95, True, "first", False)


def test_a_captured_text_is_screened_as_it_arrives(
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Whoever pastes sees what is wrong at once."""
    office = examples.cast().keeper.unit_path
    with django_capture_on_commit_callbacks(execute=True):
        ad = examples.ad(office, BOTH)
    ad.refresh_from_db()
    assert len(current(ad)) == 2


def test_a_text_is_screened_once_per_version() -> None:
    """A second run does nothing, writes nothing."""
    people = examples.cast()
    ad = screened(people.keeper.unit_path)
    with recorded_deeds() as book:
        run_inline(start_screening(people.keeper, unit_path=people.keeper.unit_path))
    assert "ad.screen" not in [deed.code for deed in book]
    assert Finding.objects.filter(ad=ad).count() == 2


def test_the_rules_of_the_day_of_the_advertisement_are_used() -> None:
    """A rule in force from July says nothing about June; shown again in July it does."""
    office = examples.cast().keeper.unit_path
    ad = screened(office, "示范牌米酒畞犇丙")
    assert current(ad) == []
    examples.taken(office, examples.seen(ad.text, shown_on=date(2026, 7, 2)))
    screen_ads(examples.SYSTEM, [ad.pk])
    assert [row[0] for row in current(ad)] == ["ALCOHOL"]


def test_other_rules_make_old_texts_due_and_carry_decisions(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What stands at the same words keeps its decision; what no longer holds stays on record."""
    people = examples.cast()
    office = people.keeper.unit_path
    ad = screened(office)
    ad.findings.filter(family="ABSOLUTE_TERM").update(
        decision="confirmed", decided_by=people.keeper
    )
    rules = Path(__file__).parent / "law/advertising/rules/made_up.toml"
    changed = rules.read_text("utf-8").replace('patterns = ["畞犇乙"]', 'patterns = ["畞犇丁"]')
    changed = changed.replace("畞犇乙上市", "畞犇丁上市").replace('"畞犇乙"', '"畞犇丁"')
    (tmp_path / "advertising/rules").mkdir(parents=True)
    (tmp_path / "advertising/rules/made_up.toml").write_text(changed, "utf-8")
    monkeypatch.setenv("ZHIXING_LAW_DIR", str(tmp_path))
    result = run_inline(start_screening(people.keeper, unit_path=office)).result
    assert result["ads"] == 1
    (row,) = ad.findings.filter(is_current=True)
    assert (row.family, row.decision, row.is_carried) == ("ABSOLUTE_TERM", "confirmed", True)
    assert ad.findings.filter(is_current=False).count() == 2


def test_one_lead_per_advertisement_with_text_spans_and_act() -> None:
    """A variant of it raises no second one."""
    office = examples.cast().keeper.unit_path
    text = f"{BOTH}，三代人的手艺，每天现做现卖，欢迎光临"
    ad = screened(office, text)
    lead = Lead.objects.get(monitor="adverts")
    assert (lead.clause, lead.kind, lead.act_kind) == (
        "二/(六)", "MED_TERM_NONMED", "ads_medical",
    )  # fmt: skip
    assert (lead.probability, lead.acted_on, ad.lead) == (0.95, examples.DAY, lead)
    assert lead.evidence["spans"] == [[9, 12, "MED_TERM_NONMED"], [5, 8, "ABSOLUTE_TERM"]]
    variant = screened(office, text.replace("欢迎光临", "欢迎品尝"))
    assert (variant.same_as, variant.lead) == (ad, lead)
    assert Lead.objects.count() == 1


def test_a_weak_suspicion_is_read_but_raises_no_lead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the threshold, which is a figure of the law table."""
    monkeypatch.setattr(lead_ads, "lead_probability", lambda _day: 0.99)
    ad = screened(examples.cast().keeper.unit_path)
    assert (ad.score, ad.reading, ad.lead) == (0.95, "first", None)
    assert not Lead.objects.exists()


def test_a_category_that_is_corrected_makes_the_text_due() -> None:
    """The engine gates its rules by category."""
    people = examples.cast()
    ad = screened(people.keeper.unit_path)
    assert update_ad(people.keeper, ad, {"category": "food"}).is_due
    assert not update_ad(people.keeper, screened(ad.unit_path, "甲乙丙"), {"title": "x"}).is_due


def approval_doubts(ad: Ad) -> set[str]:
    rows = ad.findings.filter(family="APPROVAL_CHECK", is_current=True)
    return set(rows.values_list("rule", flat=True))


@pytest.mark.parametrize(
    ("product", "shown", "status", "expected"),
    [
        ("示范牌蛋白粉1", date(2026, 6, 1), "valid", set()),
        ("示范牌蛋白粉1", date(2028, 6, 1), "valid", {"approval.expired"}),
        ("示范牌蛋白粉1", date(2025, 6, 1), "valid", {"approval.not_begun"}),
        ("示范牌蛋白粉1", date(2026, 6, 1), "withdrawn", {"approval.withdrawn"}),
        ("康乐牌鱼油软胶囊", date(2026, 6, 1), "valid", {"approval.product"}),
    ],
)
def test_the_approval_shown_is_compared_with_the_register(
    product: str, shown: date, status: str, expected: set[str]
) -> None:
    """Number, term, status and product; the number may be written with other brackets."""
    office = examples.cast().keeper.unit_path
    examples.approval(office, product=product, status=status)
    text = "示范牌蛋白粉1 鲁食健广审（文）第260101-00001号 本品不能代替药物"
    ad = screened(office, text, category="health_food", shown_on=shown)
    assert ad.approval_number == "鲁食健广审(文)第260101-00001号"
    assert approval_doubts(ad) == expected


def test_an_unknown_number_is_doubtful_only_where_its_kind_is_on_file() -> None:
    """An empty register says nothing; once the list is there the text is looked at again."""
    office = examples.cast().keeper.unit_path
    text = "示范牌蛋白粉 鲁食健广审(文)第260101-00009号"
    ad = screened(office, text, category="health_food")
    assert approval_doubts(ad) == set()
    approval = examples.approval(office, 1)
    update_approval(examples.SYSTEM, approval, {"number": "鲁食健广审(文)第260101-00009号"})
    ad.refresh_from_db()
    assert ad.is_due
    update_approval(examples.SYSTEM, approval, {"number": "鲁食健广审(文)第260101-00008号"})
    screen_ads(examples.SYSTEM, [ad.pk])
    assert approval_doubts(ad) == {"approval.unknown"}


def test_a_share_of_texts_without_findings_is_read() -> None:
    """Otherwise nobody knows what the rules miss; drawn by seed, all or none at the ends."""
    office = examples.cast().keeper.unit_path
    for share, reading in ((1.0, "first"), (0.0, "none")):
        ReviewPlan.objects.create(
            unit_path=office, double_share=share, sample_share=share, seed="s",
            since="2026-01-01T00:00Z",
        )  # fmt: skip
        ad = screened(office, f"老味道新包装{share}")
        assert (ad.reading, ad.is_sample, ad.is_double) == (reading, share == 1, share == 1)


def test_other_offices_do_not_start_a_screening_here() -> None:
    """The deed asks for the office."""
    people = examples.cast()
    with pytest.raises(Refused):
        start_screening(people.elsewhere, unit_path=people.keeper.unit_path)
