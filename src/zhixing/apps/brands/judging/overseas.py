"""Names of overseas companies, or dressed like one: 香港某某国际集团 with a famous trade name.

Art 7 of the Anti-Unfair Competition Law (2025) forbids another's mark as a trade name wherever the
company is registered; what such a company "authorises" at home is to be traced.
"""

from __future__ import annotations

from zhixing.apps.brands.judging.names import Name
from zhixing.apps.brands.judging.wording import say

# Size words that companies registered for their name carry; one alone says little.
SIZE = ("国际", "集团", "控股", "环球", "亚太")


def overseas_reason(name: Name, text: str) -> dict[str, object] | None:
    """The reason to trace the authorisation of this use; None for an ordinary name.

    Args:
        text: the part of the name or label that was found alike.
    """
    if name.is_overseas:
        return _reason(say("overseas_company"))
    words = _dressing(text)
    return _reason(say("overseas_dressing", words="、".join(words))) if words else None


def _reason(text: str) -> dict[str, object]:
    return {"code": "overseas", "channel": "context", "value": None, "text": text}


def _dressing(text: str) -> list[str]:
    """The overseas place that leads a name or stands in brackets; else two size words or more."""
    from zhixing.engines.lookalike import parse_name
    from zhixing.engines.lookalike.words import sections

    parts = parse_name(text)
    places = set(sections("shells")["overseas"])
    worn = [*parts.shells, parts.division]
    found = [word for word in worn if word in places]
    if found:
        return found
    claims = [size for size in SIZE if any(size in word for word in (*parts.shells, parts.form))]
    return claims if len(claims) > 1 else []
