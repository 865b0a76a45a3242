"""Approval numbers as advertisements show them, and as the register keeps them."""

from __future__ import annotations

import re
import unicodedata

# 国药广审(文)第250101-00001号 and its kin for devices, health food, FSMP, farm chemicals and
# veterinary drugs; older forms 国药广审(文)第2019010001号, 国食健广审; Order 21 art 9.
PLACES = "国京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_GOODS = re.compile(
    rf"[{PLACES}](?P<what>食健|药|械|食特|农药|兽药|农|兽)广审"
    r"\((?:视|声|文)\)第?[0-9-]{6,20}号"
)
# (京)医广[2026]第01-02-0003号, the certificate of a medical institution.
_MEDICAL = re.compile(rf"\(?[{PLACES}]\)?医广\[\d{{4}}\]第?[0-9-]{{4,20}}号")
KINDS = {
    "药": "drug", "械": "device", "食健": "health_food", "食特": "fsmp", "农药": "pesticide",
    "农": "pesticide", "兽药": "veterinary", "兽": "veterinary",
}  # fmt: skip
_ONE_FORM = str.maketrans("〔【〕】–—", "[[]]--")


def normalised(text: str) -> str:
    """A number in half width without blanks, with one kind of brackets and dashes."""
    folded = unicodedata.normalize("NFKC", text).translate(_ONE_FORM)
    return "".join(folded.split())


def shown_in(text: str) -> list[str]:
    """The approval numbers in a text, normalised, in their order."""
    plain = normalised(text)
    found = [*_GOODS.finditer(plain), *_MEDICAL.finditer(plain)]
    return [match.group() for match in sorted(found, key=lambda match: match.start())]


def kind_of(number: str) -> str:
    """The kind of product that a number of a known form is for; empty for others."""
    plain = normalised(number)
    if _MEDICAL.search(plain):
        return "medical"
    goods = _GOODS.search(plain)
    return KINDS[goods["what"]] if goods else ""
