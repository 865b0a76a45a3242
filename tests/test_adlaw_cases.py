"""The measuring set of ad watch is well formed: what it calls a violation stands where it says."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

SET = Path(__file__).parent.parent / "bench" / "adlaw" / "measure.jsonl"
FAMILIES = """
ABSOLUTE_TERM STATE_SYMBOL STATE_ORGAN STATE_DIGNITY SAFETY_PRIVACY PUBLIC_MORALS
VULGAR_SUPERSTITION DISCRIMINATION ENV_HERITAGE MINOR_HARM UNCLEAR_OFFER LICENCE_SCOPE
CITATION_SOURCE PATENT DISPARAGE NOT_IDENTIFIABLE BANNED_AD MED_EFFICACY_GUARANTEE
MED_CURE_RATE MED_COMPARISON MED_ENDORSEMENT MED_OTHER MED_WARNING_MISSING MED_TERM_NONMED
FOOD_HEALTH_FUNCTION HF_EFFICACY_GUARANTEE HF_DISEASE HF_NECESSITY HF_COMPARISON HF_ENDORSEMENT
HF_WARNING_MISSING HEALTH_DISGUISED BREASTMILK_SUB AGRI_VET TOBACCO ALCOHOL EDU_GUARANTEE
EDU_EXAMINER EDU_ENDORSEMENT INVEST_GUARANTEE INVEST_ENDORSEMENT INVEST_RISK_MISSING RE_RETURN
RE_TIME_DISTANCE RE_PRICE_AREA RE_PLANNING SEED_BREED FALSE_AD SPOKESPERSON APPROVAL_MISSING
""".split()
MEDIA = {"newspaper", "tv", "radio", "web", "short_video", "image"}
DISGUISES = """
space symbol homophone pinyin split trad fullwidth emoji glyph zerowidth repeat vertical mixed
""".split()
ROWS = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]


def faults(row: dict[str, Any]) -> list[str]:
    """What is wrong with one case."""
    found = row["violations"]
    wrong = [] if row["lawful"] is (not found) else ["verdict"]
    wrong += [] if row["medium"] in MEDIA else ["medium"]
    for one in found:
        absence = one["family"].endswith("_MISSING")
        span = None if absence else row["text"][one["start"] : one["end"]]
        wrong += [] if one["span"] == span and span != "" else [f"span {one['span']}"]
        wrong += [] if row["scope"] == "full" or not absence else ["an absence in an excerpt"]
    families = {one["family"] for one in found} | set(row["optional"])
    return wrong + sorted(families - set(FAMILIES))


def test_spans_families_and_verdicts_agree() -> None:
    """A span is the text between its offsets; an absence has none and needs the whole ad."""
    assert {row["id"]: faults(row) for row in ROWS if faults(row)} == {}


def test_the_set_covers_families_disguises_and_traps() -> None:
    """At least five of each family, six of each disguise, a quarter lawful, nobody said twice."""
    labelled = Counter(found["family"] for row in ROWS for found in row["violations"])
    disguised = Counter(row["obfuscation"] for row in ROWS if row["obfuscation"])
    assert min(labelled[family] for family in FAMILIES) >= 5
    assert set(disguised) == set(DISGUISES)
    assert min(disguised.values()) >= 6
    assert sum(row["lawful"] for row in ROWS) >= 150
    assert len({re.sub(r"\s", "", row["text"]) for row in ROWS}) == len(ROWS)
