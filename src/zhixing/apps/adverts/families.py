"""The families of rules in words, their kind of act, and the industries watched most closely."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What the register of approvals says against a number; our own family beside the engine's.
APPROVAL = "APPROVAL_CHECK"

# Family → its words and the kind of act of `law.acts` that it may be.
FAMILIES: dict[str, tuple[Promise, str]] = {
    "ABSOLUTE_TERM": (_("Absolute terms"), "ads_prohibited"),
    "STATE_SYMBOL": (_("State symbols"), "ads_prohibited"),
    "STATE_ORGAN": (_("Name of a state organ"), "ads_prohibited"),
    "STATE_DIGNITY": (_("Dignity and interests of the state"), "ads_prohibited"),
    "SAFETY_PRIVACY": (_("Safety and privacy"), "ads_prohibited"),
    "PUBLIC_MORALS": (_("Public morals"), "ads_prohibited"),
    "VULGAR_SUPERSTITION": (_("Vulgarity and superstition"), "ads_prohibited"),
    "DISCRIMINATION": (_("Discrimination"), "ads_prohibited"),
    "ENV_HERITAGE": (_("Environment and heritage"), "ads_prohibited"),
    "MINOR_HARM": (_("Harm to minors"), "ads_prohibited"),
    "UNCLEAR_OFFER": (_("Unclear offer or gift"), "ads_content"),
    "LICENCE_SCOPE": (_("Beyond the licence"), "ads_content"),
    "CITATION_SOURCE": (_("Source of data not named"), "ads_content"),
    "PATENT": (_("Patent not shown rightly"), "ads_content"),
    "DISPARAGE": (_("Belittling competitors"), "ads_content"),
    "NOT_IDENTIFIABLE": (_("Not recognisable as advertising"), "ads_identity"),
    "BANNED_AD": (_("Goods that must not be advertised"), "ads_prohibited"),
    "MED_EFFICACY_GUARANTEE": (_("Medical: efficacy or safety asserted"), "ads_medical"),
    "MED_CURE_RATE": (_("Medical: cure or success rate"), "ads_medical"),
    "MED_COMPARISON": (_("Medical: comparison"), "ads_medical"),
    "MED_ENDORSEMENT": (_("Medical: recommendation or proof"), "ads_medical"),
    "MED_OTHER": (_("Medical: other banned content"), "ads_medical"),
    "MED_WARNING_MISSING": (_("Medical: statutory warning missing"), "ads_medical"),
    "MED_TERM_NONMED": (_("Disease or medical words for ordinary goods"), "ads_medical"),
    "FOOD_HEALTH_FUNCTION": (_("Ordinary food with health function"), "advertising"),
    "HF_EFFICACY_GUARANTEE": (_("Health food: efficacy or safety asserted"), "ads_health_food"),
    "HF_DISEASE": (_("Health food: disease"), "ads_health_food"),
    "HF_NECESSITY": (_("Health food: necessary for health"), "ads_health_food"),
    "HF_COMPARISON": (_("Health food: comparison"), "ads_health_food"),
    "HF_ENDORSEMENT": (_("Health food: recommendation or proof"), "ads_health_food"),
    "HF_WARNING_MISSING": (_("Health food: statutory statement missing"), "ads_health_food"),
    "HEALTH_DISGUISED": (_("Health advice as disguised advertising"), "ads_identity"),
    "BREASTMILK_SUB": (_("Substitute for breast milk"), "ads_prohibited"),
    "AGRI_VET": (_("Pesticides, veterinary drugs, feed"), "ads_industry"),
    "TOBACCO": (_("Tobacco"), "ads_prohibited"),
    "ALCOHOL": (_("Alcohol"), "ads_industry"),
    "EDU_GUARANTEE": (_("Education: result promised"), "ads_industry"),
    "EDU_EXAMINER": (_("Education: examiners take part"), "ads_industry"),
    "EDU_ENDORSEMENT": (_("Education: recommendation or proof"), "ads_industry"),
    "INVEST_GUARANTEE": (_("Investment: return or safety promised"), "ads_industry"),
    "INVEST_ENDORSEMENT": (_("Investment: recommendation or proof"), "ads_industry"),
    "INVEST_RISK_MISSING": (_("Investment: risk warning missing"), "ads_industry"),
    "RE_RETURN": (_("Real estate: gain promised"), "ads_industry"),
    "RE_TIME_DISTANCE": (_("Real estate: distance as travel time"), "ads_industry"),
    "RE_PRICE_AREA": (_("Real estate: price or area"), "ads_industry"),
    "RE_PLANNING": (_("Real estate: planned facilities"), "ads_industry"),
    "SEED_BREED": (_("Seeds and breeding"), "ads_industry"),
    "FALSE_AD": (_("False or misleading"), "advertising"),
    "SPOKESPERSON": (_("Endorser not allowed"), "ads_industry"),
    "APPROVAL_MISSING": (_("Approval number missing"), "ads_approval"),
    APPROVAL: (_("Approval does not bear the advertisement"), "ads_approval"),
}

# Five industries with stricter lines (Part 3 of the programme's ad watch), by category code.
FOCUS = (
    "drug",
    "device",
    "medical",
    "medical_beauty",
    "health_food",
    "cosmetics",
    "beauty_service",
)


def family_label(code: str) -> str:
    """The words of a family; a code that is not known stands for itself."""
    return str(FAMILIES[code][0]) if code in FAMILIES else code


def act_of(family: str) -> str:
    """The kind of act that findings of the family may be."""
    return FAMILIES[family][1] if family in FAMILIES else "advertising"


def family_choices() -> list[tuple[str, str]]:
    """(code, words) of every family an officer may name."""
    return [(code, str(label)) for code, (label, _act) in FAMILIES.items() if code != APPROVAL]
