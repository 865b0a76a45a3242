"""Contract texts read for the register of authorisations."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.engines.labels import read_contract

CONTRACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "licence": (
        """商标使用许可合同
合同编号：XK-2026-018
许可人(甲方)：香港皇冠国际集团有限公司
被许可人(乙方)：示范市华盛制衣有限公司
一、甲方将其注册的使用在第25类服装、鞋商品上的第1234567号“皇冠”商标许可乙方使用。
二、许可使用的商品：服装、衬衫。
三、许可使用的期限自2026年1月1日起至2028年12月31日止。
四、许可使用的地域：示范省。
五、许可方式：普通使用许可。""",
        {
            "contract_number": "XK-2026-018", "grantor_name": "香港皇冠国际集团有限公司",
            "grantee_name": "示范市华盛制衣有限公司", "nice_classes": [25], "mark_text": "皇冠",
            "registration_number": "1234567", "goods": "服装、衬衫", "territory": "示范省",
            "starts_on": date(2026, 1, 1), "ends_on": date(2028, 12, 31), "kind": "licence",
            "exclusivity": "ordinary",
        },
    ),
    "oem": (
        """委托加工协议
甲方：意大利卡迪奥服饰有限公司
乙方：示范市欧尚皮具有限公司
甲方委托乙方定牌加工“卡迪奥”品牌皮具,产品名称：皮带、钱包。
产品全部出口,不得在中国境内销售。
本协议自2026年3月1日起生效,有效期二年。""",
        {
            "grantor_name": "意大利卡迪奥服饰有限公司", "grantee_name": "示范市欧尚皮具有限公司",
            "mark_text": "卡迪奥", "goods": "皮带、钱包", "export_only": True, "kind": "oem",
            "starts_on": date(2026, 3, 1), "ends_on": date(2028, 2, 29),
        },
    ),
    "letter": (
        """授 权 书
编号：SQ2026-009
授权方：法国鳄霸（香港）国际集团有限公司
被授权方：晋江市恒达鞋业有限公司
兹授权贵公司在中国大陆范围内使用“鳄霸”注册商标,独占使用许可,授权期限2026.01.01-2026.12.31。""",
        {
            "contract_number": "SQ2026-009", "grantor_name": "法国鳄霸(香港)国际集团有限公司",
            "grantee_name": "晋江市恒达鞋业有限公司", "territory": "中国大陆", "mark_text": "鳄霸",
            "exclusivity": "sole", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31),
            "kind": "licence",
        },
    ),
    "distribution": (
        """经销合同
供货方：示范市海之韵食品有限公司
经销商：示范市百味商贸有限公司
授权区域：城东区、河口区
商标：海之韵
合同期限：2026年5月1日至2027年4月30日""",
        {
            "grantor_name": "示范市海之韵食品有限公司", "grantee_name": "示范市百味商贸有限公司",
            "territory": "城东区、河口区", "mark_text": "海之韵", "kind": "distribution",
            "starts_on": date(2026, 5, 1), "ends_on": date(2027, 4, 30),
        },
    ),
    "supervision": (
        """產品監製協議
監製方：香港英皇國際集團有限公司
生產方：中山市美達電器廠
許可商標：英皇
監製協議期限自2026年6月1日至2027年5月31日""",
        {
            "grantor_name": "香港英皇国际集团有限公司", "grantee_name": "中山市美达电器厂",
            "mark_text": "英皇", "kind": "supervision",
            "starts_on": date(2026, 6, 1), "ends_on": date(2027, 5, 31),
        },
    ),
    "no contract": ("收到货款三千元整,此据。", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_contract_is_read(name: str) -> None:
    """Every field that the text tells, and none that it does not."""
    text, expected = CONTRACTS[name]
    assert {found.field: found.value for found in read_contract(text)} == expected


def test_places_lead_to_the_words_in_the_text() -> None:
    """What was found can be shown in the text for confirmation."""
    text, _expected = CONTRACTS["licence"]
    by_field = {found.field: text[found.start : found.end] for found in read_contract(text)}
    assert by_field["grantor_name"] == "香港皇冠国际集团有限公司"
    assert by_field["starts_on"] == "2026年1月1日"
    assert by_field["mark_text"] == "皇冠"


def test_impossible_days_are_left_out() -> None:
    """A 31st of February is no day, and a term that ends before it begins is none."""
    assert read_contract("自2026年2月31日至2027年1月1日") == []
    assert read_contract("自2026年2月1日至2025年1月1日") == []


@given(
    st.text(alphabet="许可人被甲乙方：:“”商标年月日自至起第25类2026编号有限公司\n ()", max_size=80)
)
def test_any_text_is_read_without_a_fault(text: str) -> None:
    """Each field once, inside the text."""
    found = read_contract(text)
    assert len({row.field for row in found}) == len(found)
    assert all(0 <= row.start < row.end <= len(text) for row in found)
