"""What is suspicious about a label."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tests.engines.labels.examples import examples
from zhixing.engines.labels import flags, parse, parse_labels, score
from zhixing.engines.labels.rules import rules

BRANDS = frozenset({"茅台", "五粮液", "稻香村"})
LABELS = {
    "overseas_behind_factory": "授权：香港皇冠国际集团有限公司\n制造：示范市华盛制衣厂",
    "overseas_without_factory": "香港皇冠国际集团有限公司荣誉出品",
    "no_manufacturer": "监制：示范市皇冠食品有限公司",
    "brand_in_overseas_name": "监制：香港茅台国际酒业有限公司\n生产：示范市醇香酒厂",
    "brand_in_name": "监制：示范市稻香村食品有限公司\n生产：示范市麦香食品厂",
    "technical_support": "技术支持：美国皇冠生物科技有限公司\n生产：示范市康健食品厂",
    "several_manufacturers": "生产商：示范市甲盛食品厂\n制造商：示范市乙盛食品厂",
    "several_licensors": "授权：香港皇冠国际有限公司\n监制：法国皇冠有限公司",
    "origin_contradicts": "制造商：香港皇冠国际有限公司\n产地：广东省佛山市",
    "brand_of_nobody": "品牌：海之韵\n生产商：示范市绿源饮品有限公司",
}


def codes(text: str) -> list[str]:
    return [flag.code for flag in flags(parse(text), BRANDS)]


@pytest.mark.parametrize("code", sorted(rules().flags))
def test_each_flag_is_raised_by_its_label_with_a_reason(code: str) -> None:
    """Each kind of flag of the table has a label that raises it, and names the party."""
    found = {flag.code: flag for flag in flags(parse(LABELS[code]), BRANDS)}
    assert code in found
    assert "{" not in found[code].text
    assert found[code].parties


@pytest.mark.parametrize(
    "name",
    ["clean-food", "clean-food-entrusted", "clean-shirt", "clean-appliance", "import-clean",
     "import-clean-2", "tea-clean", "tea-clean-2", "no-roles", "no-roles-2", "narrative",
     "self-employed", "distributor-only", "branch"],
)  # fmt: skip
def test_a_clean_label_has_no_flag(name: str) -> None:
    """Domestic entrusted making, imports and own brands are no suspicion."""
    (label,) = [example for example in examples() if example.name == name]
    assert codes(label.text) == []


def test_a_factory_with_its_own_mark_is_not_hidden() -> None:
    """The brand stands in the factory's own name: the licence is then not a mask."""
    text = "品牌：华盛\n授权：香港皇冠国际集团有限公司\n制造：示范市华盛制衣厂"
    assert "overseas_behind_factory" not in codes(text)


def test_scores_rise_with_each_flag_and_stay_below_one() -> None:
    """Evidence adds up; none is certain."""
    found = flags(parse(LABELS["brand_in_overseas_name"]), BRANDS)
    scores = [score(found[:n]) for n in range(len(found) + 1)]
    assert scores[0] == 0
    assert scores == sorted(scores)
    assert scores[-1] < 1
    expected = 1 - (1 - 0.6) * (1 - 0.45)
    assert score([flag for flag in found if flag.weight > 0.4]) == pytest.approx(expected)


def test_columns_give_what_single_labels_give() -> None:
    """A column with a null has an empty row for it; brands are folded as labels are."""
    texts = [LABELS["brand_in_overseas_name"], None, LABELS["brand_of_nobody"]]
    table = parse_labels(pa.array(texts), ["茅臺"])
    assert table["parties"].to_pylist()[1] == []
    assert table["score"].to_pylist()[1] == 0
    first = table["flags"].to_pylist()[0]
    assert [flag["code"] for flag in first] == codes(texts[0])
