"""What every engine answers with."""

from __future__ import annotations

import json

from zhixing.engines.types import Digest, Finding, MethodRef, Reason


def test_digest_depends_on_content_and_order() -> None:
    """Equal inputs give one digest; other parts, or their order, another."""
    one = Digest.of("甲", {"b": 1, "a": 2})
    assert one == Digest.of("甲", {"a": 2, "b": 1})
    assert one != Digest.of({"a": 2, "b": 1}, "甲")
    assert Digest.of(b"ab", b"c") != Digest.of(b"a", b"bc")


def test_finding_is_plain_json() -> None:
    """A finding with its reasons goes into a file as it is."""
    reason = Reason("shape", "字形相近", 0.9, {"position": 2, "a": "师", "b": "帅"})
    finding = Finding(
        0.97, (0.9, 0.99), (reason,), MethodRef("lookalike.pairs", "1"), None, Digest.of("x")
    )
    stored = json.loads(json.dumps(finding.as_dict(), ensure_ascii=False))
    assert stored["reasons"][0] == {
        "code": "shape", "text": "字形相近", "value": 0.9, "position": 2, "a": "师", "b": "帅",
    }  # fmt: skip
    assert stored["method"] == {"name": "lookalike.pairs", "version": "1"}
