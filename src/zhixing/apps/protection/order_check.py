"""The check of an OEM order: a pure function of its facts to lines of verdicts.

Sources: Trade Mark Law art 43 (2027: art 55) for licences, art 57 (72) for the marks of others;
Implementing Regulation art 71 for the name of the licensee and the place of origin on the goods.
Courts have judged goods made for export only in different ways, so a contradiction is a risk that
an officer looks into, not a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Verdict = Literal["ok", "missing", "contradiction"]
RANK: dict[str, int] = {"ok": 0, "missing": 1, "contradiction": 2}
METHOD, VERSION = "protection.order_check", "1"
# A pronounced place of origin on a label, in the two languages of labels.
ORIGIN_WORDS = ("产地", "原产国", "中国制造", "made in", "产自", "生产地址", "地址")
WORLD = ("全球", "世界", "worldwide", "各国", "境外", "海外")


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """A mark as the register knows it."""

    key: int
    text: str
    holder_key: int | None
    holder_name: str
    classes: tuple[int, ...]
    is_registered: bool
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class RivalFacts:
    """A mark of somebody else that looks like the one ordered; `reason` in an officer's words."""

    mark: MarkFacts
    is_same: bool
    probability: float
    reason: str


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A contract that allows the use of a mark."""

    number: str
    mark_key: int | None
    mark_text: str
    grantor_key: int | None
    grantor_name: str
    grantee_key: int | None
    grantee_name: str
    classes: tuple[int, ...]
    territory: str
    export_only: bool
    is_ended: bool
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """Everything the check looks at."""

    ordered_on: date
    delivered_on: date | None
    maker_key: int
    maker_name: str
    client_key: int | None
    client_name: str
    mark_text: str
    mark: MarkFacts | None
    contract: ContractFacts | None
    classes: tuple[int, ...]
    export_only: bool
    destination: str
    domestic_quantity: int
    label_text: str
    rivals: tuple[RivalFacts, ...] = ()

    @property
    def last_day(self) -> date:
        """The last day on which goods of the order are made or delivered."""
        return self.delivered_on or self.ordered_on


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at: what was found, and the facts that its sentence names."""

    code: str
    verdict: Verdict
    facts: dict[str, Any] = field(default_factory=dict)

    def as_record(self) -> dict[str, Any]:
        """The line as it is kept with the order."""
        return {"code": self.code, "verdict": self.verdict, "facts": self.facts}


def check(order: OrderFacts) -> list[Line]:
    """All lines, the worst first, in the order they were looked at otherwise."""
    lines = [*_right(order), *_contract(order), *_rivals(order), *_export(order), *_label(order)]
    return sorted(lines, key=lambda line: -RANK[line.verdict])


def worst(lines: Sequence[Line]) -> Verdict:
    """The verdict of the whole order."""
    return max((line.verdict for line in lines), key=lambda verdict: RANK[verdict], default="ok")


def same_party(key: int | None, name: str, other_key: int | None, other_name: str) -> bool:
    """Whether two parties are one: by the register where both are in it, else by full name."""
    if key is not None and other_key is not None:
        return key == other_key
    return bool(name.strip()) and name.strip().casefold() == other_name.strip().casefold()


def _holds(order: OrderFacts, mark: MarkFacts) -> bool:
    return same_party(mark.holder_key, mark.holder_name, order.client_key, order.client_name)


def _right(order: OrderFacts) -> Iterator[Line]:
    """Whether the client holds the mark or shows a licence, and whether the mark is in force."""
    mark = order.mark
    if mark is None:
        yield Line("mark_known", "missing", {"mark": order.mark_text})
    else:
        yield _in_force(order, mark)
    if mark is not None and _holds(order, mark):
        yield Line("right_holder", "ok", {"holder": mark.holder_name})
    elif order.contract is not None:
        yield Line("right_contract", "ok", {"contract": order.contract.number})
    elif mark is not None and mark.is_registered and mark.holder_name:
        yield Line("right_other", "contradiction", {"holder": mark.holder_name})
    else:
        yield Line("right_none", "missing", {"client": order.client_name})


def _in_force(order: OrderFacts, mark: MarkFacts) -> Line:
    if not mark.is_registered:
        return Line("mark_not_registered", "contradiction", {"mark": mark.text})
    if mark.expires_on is None:
        return Line("mark_term", "missing", {"mark": mark.text})
    verdict: Verdict = "ok" if mark.expires_on >= order.last_day else "contradiction"
    code = "mark_in_force" if verdict == "ok" else "mark_ran_out"
    facts = {"mark": mark.text, "until": mark.expires_on.isoformat()}
    if verdict == "ok" and not set(order.classes) <= set(mark.classes):
        return Line("mark_classes", "contradiction", {**facts, "classes": _outside(order, mark)})
    return Line(code, verdict, facts)


def _outside(order: OrderFacts, mark: MarkFacts | ContractFacts) -> str:
    return ", ".join(str(one) for one in sorted(set(order.classes) - set(mark.classes)))


def _contract(order: OrderFacts) -> Iterator[Line]:
    """Term, parties, goods and territory of the contract, where one is shown."""
    contract = order.contract
    if contract is None:
        return
    facts = {"contract": contract.number or contract.mark_text}
    yield _term(order, contract, facts)
    if order.mark is not None and contract.mark_key not in {None, order.mark.key}:
        yield Line("contract_mark", "contradiction", facts)
    yield from _parties(order, contract, facts)
    if not contract.classes:
        yield Line("contract_classes_unknown", "missing", facts)
    elif outside := _outside(order, contract):
        yield Line("contract_classes", "contradiction", {**facts, "classes": outside})
    else:
        yield Line("contract_covers", "ok", facts)
    yield from _territory(order, contract, facts)


def _term(order: OrderFacts, contract: ContractFacts, facts: dict[str, Any]) -> Line:
    starts, ends = contract.starts_on, contract.ends_on
    if contract.is_ended:
        return Line("contract_ended", "contradiction", facts)
    if (starts is not None and starts > order.ordered_on) or (
        ends is not None and ends < order.last_day
    ):
        span = {"start": str(starts or ""), "end": str(ends or "")}
        return Line("contract_term", "contradiction", {**facts, **span})
    if starts is None or ends is None:
        return Line("contract_open_term", "missing", facts)
    return Line("contract_in_force", "ok", facts)


def _parties(order: OrderFacts, contract: ContractFacts, facts: dict[str, Any]) -> Iterator[Line]:
    grantee = (contract.grantee_key, contract.grantee_name)
    if not (
        same_party(*grantee, order.maker_key, order.maker_name)
        or same_party(*grantee, order.client_key, order.client_name)
    ):
        yield Line("contract_grantee", "contradiction", {**facts, "grantee": contract.grantee_name})
    mark = order.mark
    if mark is not None and not same_party(
        contract.grantor_key, contract.grantor_name, mark.holder_key, mark.holder_name
    ):
        told = {"grantor": contract.grantor_name, "holder": mark.holder_name}
        yield Line("contract_grantor", "missing", {**facts, **told})


def _territory(order: OrderFacts, contract: ContractFacts, facts: dict[str, Any]) -> Iterator[Line]:
    if contract.export_only and order.domestic_quantity:
        told = {"pieces": order.domestic_quantity}
        yield Line("contract_export_only", "contradiction", {**facts, **told})
    territory, destination = contract.territory.casefold(), order.destination.casefold().strip()
    is_named = destination in territory or any(word in territory for word in WORLD)
    if destination and territory and not is_named:
        places = {"territory": contract.territory, "destination": order.destination}
        yield Line("contract_territory", "missing", {**facts, **places})


def _rivals(order: OrderFacts) -> Iterator[Line]:
    """Marks of others for goods of the class: the same one, and those that look like it."""
    found = False
    for rival in order.rivals:
        mark = rival.mark
        if not mark.is_registered or (mark.expires_on and mark.expires_on < order.ordered_on):
            continue
        if order.mark is not None and mark.key == order.mark.key:
            continue
        if not set(mark.classes) & set(order.classes) or _may_use(order, mark):
            continue
        found = True
        code = "rival_same" if rival.is_same else "rival_like"
        facts = {
            "mark": mark.text, "mark_key": mark.key, "holder": mark.holder_name,
            "classes": ", ".join(map(str, sorted(set(mark.classes) & set(order.classes)))),
            "reason": rival.reason, "probability": round(rival.probability, 3),
        }  # fmt: skip
        yield Line(code, "contradiction", facts)
    if not found:
        yield Line("no_rival", "ok", {"mark": order.mark_text})


def _may_use(order: OrderFacts, mark: MarkFacts) -> bool:
    """Whether client or grantor of the contract hold the mark themselves."""
    if _holds(order, mark):
        return True
    contract = order.contract
    return contract is not None and same_party(
        contract.grantor_key, contract.grantor_name, mark.holder_key, mark.holder_name
    )


def _export(order: OrderFacts) -> Iterator[Line]:
    if not order.export_only:
        return
    if order.domestic_quantity:
        yield Line("export_sold_here", "contradiction", {"pieces": order.domestic_quantity})
    elif not order.destination.strip():
        yield Line("export_nowhere", "missing")
    else:
        yield Line("export_only", "ok", {"destination": order.destination})


def _label(order: OrderFacts) -> Iterator[Line]:
    """Name of the maker and place of origin on the goods of a licensee."""
    if order.contract is None:
        return
    text = order.label_text.casefold()
    if not text.strip():
        yield Line("label_unknown", "missing")
        return
    if order.maker_name.casefold() not in text:
        yield Line("label_name", "missing", {"maker": order.maker_name})
    if not any(word in text for word in ORIGIN_WORDS):
        yield Line("label_origin", "missing")
    if order.maker_name.casefold() in text and any(word in text for word in ORIGIN_WORDS):
        yield Line("label", "ok")
