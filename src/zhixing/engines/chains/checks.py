"""The checks: facts in, findings with reasons out. Each is a pure function."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from zhixing.engines.types import Reason

from .facts import Claim, Contract, Facts, LabelSeen, Limits
from .findings import Finding, found
from .links import Contracts, Link, lenders_of, links

_BETWEEN = re.compile(r"[\s、,，;；/和及与]+")
_EVERYWHERE = re.compile(r"全国|全球|世界|中国(?!香港|澳门|台湾)|大陆|国内|境内|内地")
_ABROAD = re.compile(r"境外|国外|海外|出口|中国香港|中国澳门|中国台湾")
_LEVEL = re.compile(r"(?:特别行政区|自治区|自治州|地区|省|市|区|县|镇|乡)$")
_OF_GOODS = re.compile(r"(?:系列|产品|商品|等|类)+$")

# Different sets of parties on labels of one product that are compared with each other.
SIDES_COMPARED = 200


def check(facts: Facts, limits: Limits) -> list[Finding]:
    """All findings, the most probable first; a finding of one key occurs once."""
    contracts = Contracts(facts, limits.depth)
    claimed = links(facts.labels)
    every: list[Finding] = []
    for link in claimed:
        every += check_link(link, contracts, facts, limits)
    every += contradictions(facts.labels)
    every += hubs(claimed, limits)
    every += resembling(claimed, facts)
    every += cycles(facts.contracts, limits.depth)
    unique = {finding.key: finding for finding in every}
    return sorted(unique.values(), key=lambda finding: (-finding.probability, finding.key))


# ---------------------------------------------------------------- one link


def check_link(link: Link, contracts: Contracts, facts: Facts, limits: Limits) -> Iterator[Finding]:
    """What is wrong with one claimed link: nothing on file, or contracts that do not bear it."""
    paths = contracts.paths(link)
    if not paths:
        yield from _unborne(link, contracts)
        return
    late = list(_out_of_time(link, paths))
    yield from late or _lapsed(link, paths, facts.today, limits.lapsed_days)
    used = {contract.id: contract for path in paths for contract in path}
    yield from _mark_troubles(link, list(used.values()), facts)
    for contract in used.values():
        yield from _outside(link, contract)


def _find(
    kind: str, link: Link, text: str, contracts: Sequence[Contract] = (), ids: Sequence[int] = ()
) -> Finding:
    return found(
        kind,
        [*link.key, *(f"c{contract.id}" for contract in contracts)],
        text,
        ids or link.ids,
        overseas=link.lender.overseas,
        contracts=[contract.id for contract in contracts],
        lender=link.lender.party,
        factory=link.factory.party if link.factory else "",
    )


def _unborne(link: Link, contracts: Contracts) -> Iterator[Finding]:
    lender, factory = link.lender, link.factory
    claim = f"标签以“{lender.formula or lender.role}”名义标注{lender.name}"
    if factory is None:
        text = f"{claim}，没有标注生产者，也没有{lender.name}的任何授权备案"
        yield _find("no_factory", link, text)
        return
    others = [c for c in contracts.received.get(factory.party, ()) if _same_mark(c, link)]
    others = [c for c in others if c.grantor != lender.party]
    if others:
        other = others[0]
        text = (
            f"{claim}；备案合同{_number(other)}中许可{factory.name}使用的却是{other.grantor_name}"
        )
        yield _find("contract_contradicts", link, text, [other])
        return
    yield _find("gap", link, f"{claim}，由{factory.name}生产；两者之间没有任何授权备案")


def _same_mark(contract: Contract, link: Link) -> bool:
    """Stricter than `concerns`: both sides name the mark."""
    if contract.mark is not None and link.mark is not None:
        return contract.mark == link.mark
    return bool(contract.mark_text and contract.mark_text == link.brand)


def _out_of_time(link: Link, paths: Sequence[Sequence[Contract]]) -> Iterator[Finding]:
    """Labels seen on days on which no way through the contracts is in force from end to end."""
    late = [
        label
        for label in link.labels
        if not any(all(c.standing(label.on) == "in_force" for c in path) for path in paths)
    ]
    if not late:
        return
    latest = max(late, key=lambda label: label.on)
    # Judged by the way with the fewest contracts out of force.
    best = min(paths, key=lambda path: sum(c.standing(latest.on) != "in_force" for c in path))
    broken = next(c for c in best if c.standing(latest.on) != "in_force")
    standing = broken.standing(latest.on)
    words = {
        "ran_out": f"已于{broken.ends}到期",
        "not_begun": f"自{broken.starts}才生效",
        "ended": "已提前终止或撤回",
    }
    text = (
        f"{broken.grantor_name}许可{broken.grantee_name}的合同{_number(broken)}"
        f"{words[standing]}，标签于{latest.on}仍在使用"
    )
    kind = "not_begun" if standing == "not_begun" else "expired"
    yield _find(kind, link, text, [broken], [label.id for label in late])


def _lapsed(
    link: Link, paths: Sequence[Sequence[Contract]], today: date | None, days: int
) -> Iterator[Finding]:
    """A link that was borne when its labels were seen, and is not any more: do the goods go on?"""
    if today is None or any(all(c.standing(today) == "in_force" for c in path) for path in paths):
        return
    # The way that lasted longest: its first contract to run out ended the link.
    ends = [min((c for c in path if c.ends), key=_end, default=None) for path in paths]
    last = max((contract for contract in ends if contract is not None), key=_end, default=None)
    if last is None or not 0 < (today - _end(last)).days <= days:
        return
    text = (
        f"{last.grantor_name}许可{last.grantee_name}的合同{_number(last)}已于{last.ends}到期，"
        f"没有续签备案；标签是到期前发现的，须核实是否仍在生产、销售"
    )
    yield _find("lapsed", link, text, [last])


def _end(contract: Contract) -> date:
    return contract.ends or date.max


def _mark_troubles(link: Link, used: Sequence[Contract], facts: Facts) -> Iterator[Finding]:
    number = link.mark if link.mark is not None else next((c.mark for c in used if c.mark), None)
    mark = facts.marks.get(number) if number is not None else None
    if mark is None:
        return
    last = max(label.on for label in link.labels)
    if not mark.alive or (mark.expires is not None and mark.expires < last):
        why = f"已于{mark.expires}期满" if mark.alive else "不是有效的注册商标"
        yield _find("mark_dead", link, f"许可使用的商标“{mark.text}”{why}")
    first = next((c for c in used if c.grantor == link.lender.party), None)
    # A holder that nobody linked to the register is compared by name.
    holders = {mark.holder, mark.holder_name} - {""}
    granted = {c.grantor for c in facts.contracts if c.grantee == link.lender.party}
    if first and holders and not holders & {link.lender.party, link.lender.name, *granted}:
        text = f"商标“{mark.text}”的注册人是{mark.holder_name}，许可人{link.lender.name}不是注册人"
        yield _find("not_holder", link, f"{text}，也没有得到注册人的许可", [first])
    for contract in used:
        if mark.expires and contract.ends and contract.ends > mark.expires:
            text = (
                f"合同{_number(contract)}许可至{contract.ends},"
                f"商标“{mark.text}”的有效期只到{mark.expires}"
            )
            yield _find("beyond_mark", link, text, [contract])


def _outside(link: Link, contract: Contract) -> Iterator[Finding]:
    """Use that the contract does not allow: for export only, elsewhere, other goods."""
    if contract.export_only:
        text = f"合同{_number(contract)}约定仅供出口，标签却在境内销售的商品上"
        yield _find("export_only", link, text, [contract])
    away = [label.id for label in link.labels if not covers(contract.territory, label.where)]
    if away and not contract.export_only:
        text = f"合同{_number(contract)}的许可地域是{contract.territory}，商品在其外销售"
        yield _find("territory", link, text, [contract], away)
    other = [label for label in link.labels if not allows(contract.goods, label.goods)]
    if other:
        text = f"合同{_number(contract)}许可的商品是{contract.goods}，标签上是{other[0].goods}"
        yield _find("goods", link, text, [contract], [label.id for label in other])


def covers(territory: str, where: str) -> bool:
    """Whether a place lies in a contract's territory; what is unknown is no objection.

    A territory is a list of places: 广东省、福建省; a place is compared without its level.
    """
    if not territory or _EVERYWHERE.search(territory):
        return True
    if _ABROAD.search(territory):
        return False
    if not where:
        return True
    places = [_LEVEL.sub("", part) or part for part in _BETWEEN.split(territory) if part]
    return any(place in where for place in places if len(place) >= 2) or not places


def allows(goods: str, product: str) -> bool:
    """Whether a product may be among the goods of a contract: some word of two characters agrees.

    Deliberately generous: 服装 does not name 衬衫, so only a list that shares nothing objects, and
    the weight of the finding is low.
    """
    if not goods or not product:
        return True
    parts = [_OF_GOODS.sub("", part) for part in _BETWEEN.split(goods)]
    if any("全部" in part or "所有" in part or "核定" in part for part in parts):
        return True
    pairs = {part[at : at + 2] for part in parts for at in range(len(part) - 1)}
    pairs |= {part for part in parts if len(part) == 1}
    ours = {product[at : at + 2] for at in range(len(product) - 1)} | set(product)
    return bool(pairs & ours) or not pairs


def _number(contract: Contract) -> str:
    return contract.number or f"(第{contract.id}号备案)"


# ---------------------------------------------------------------- across labels


def contradictions(labels: Sequence[LabelSeen]) -> Iterator[Finding]:
    """Labels of one product that name different licensors, or different factories."""
    products: dict[str, list[LabelSeen]] = defaultdict(list)
    for label in labels:
        if label.product:
            products[label.product].append(label)
    for product, group in products.items():
        for kind, words in (
            ("contradicting_licensors", "授权方或监制方"),
            ("contradicting_factories", "生产者"),
        ):
            named: dict[frozenset[str], LabelSeen] = {}
            parties: dict[str, Claim] = {}
            for label in group:
                claims = lenders_of(label) if "licensors" in kind else label.of("manufacturer")
                parties |= {claim.party: claim for claim in claims}
                if claims:
                    named.setdefault(frozenset(claim.party for claim in claims), label)
            apart = _apart(list(named))
            if apart is None:
                continue
            one, other = ("、".join(sorted(parties[p].name for p in side)) for side in apart)
            text = f"同一商品“{group[0].title or product}”的标签标注了不同的{words}：{one}；{other}"
            overseas = any(parties[p].overseas for side in apart for p in side)
            yield found(
                kind, [product], text, [label.id for label in group], overseas=overseas,
                lender=min(apart[0]) if "licensors" in kind else "",
                factory=min(apart[0]) if "factories" in kind else "",
            )  # fmt: skip


def _apart(sides: Sequence[frozenset[str]]) -> tuple[frozenset[str], frozenset[str]] | None:
    """Two sets of parties without a common one, among the first `SIDES_COMPARED`."""
    sides = sides[:SIDES_COMPARED]
    for number, one in enumerate(sides):
        for other in sides[number + 1 :]:
            if not one & other:
                return one, other
    return None


def hubs(claimed: Sequence[Link], limits: Limits) -> Iterator[Finding]:
    """One lender behind many products or factories."""
    by_lender: dict[str, list[Link]] = defaultdict(list)
    for link in claimed:
        by_lender[link.lender.party].append(link)
    for party, group in by_lender.items():
        labels = {label.id: label for link in group for label in link.labels}
        products = {label.product for label in labels.values() if label.product}
        factories = {link.factory.party for link in group if link.factory}
        if len(products) < limits.hub_products and len(factories) < limits.hub_factories:
            continue
        lender = group[0].lender
        text = (
            f"{lender.name}在{len(labels)}份标签上出现：{len(products)}种商品，"
            f"{len(factories)}家生产者"
        )
        yield found(
            "hub", [party], text, labels, overseas=lender.overseas, lender=party, factory=""
        )


def resembling(claimed: Sequence[Link], facts: Facts) -> Iterator[Finding]:
    """Overseas lenders whose trade name is like a protected mark that they do not hold."""
    by_lender: dict[str, list[Link]] = defaultdict(list)
    for link in claimed:
        if link.lender.overseas and link.lender.party in facts.resembled:
            by_lender[link.lender.party].append(link)
    for party, group in by_lender.items():
        like, lender = facts.resembled[party], group[0].lender
        text = f"境外企业{lender.name}的字号与受保护商标“{like.mark_text}”近似"
        more = [
            Reason(str(row.get("code", "")), str(row.get("text", "")), row.get("value"))
            for row in like.reasons
        ]
        ids = [number for link in group for number in link.ids]
        yield found(
            "lookalike", [party, like.mark_text], text, ids, overseas=True, lender=party,
            probability=like.probability, more=more,
        )  # fmt: skip


def cycles(contracts: Sequence[Contract], depth: int) -> Iterator[Finding]:
    """Contracts for one mark that lead back to where they began: who then holds the right?"""
    granted: dict[tuple[str, str], list[Contract]] = defaultdict(list)
    candidates = _without_loose_ends(contracts)
    for contract in candidates:
        granted[contract.grantor, _mark_of(contract)].append(contract)
    seen: set[frozenset[int]] = set()
    for start in candidates:
        for ring in _rings(start, [start], granted, depth):
            ids = frozenset(contract.id for contract in ring)
            if ids in seen:
                continue
            seen.add(ids)
            names = "→".join([c.grantor_name for c in ring] + [ring[0].grantor_name])
            yield found(
                "cycle", [f"c{number}" for number in sorted(ids)], f"授权关系首尾相接：{names}", [],
                overseas=False, contracts=sorted(ids), lender=ring[0].grantor,
            )  # fmt: skip


def _without_loose_ends(contracts: Sequence[Contract]) -> list[Contract]:
    """Contracts whose grantor was allowed and whose grantee allows in turn; only they can ring."""
    left = list(contracts)
    while True:
        grantors = {(contract.grantor, _mark_of(contract)) for contract in left}
        grantees = {(contract.grantee, _mark_of(contract)) for contract in left}
        kept = [
            c
            for c in left
            if (c.grantee, _mark_of(c)) in grantors and (c.grantor, _mark_of(c)) in grantees
        ]
        if len(kept) == len(left):
            return kept
        left = kept


def _rings(
    start: Contract,
    so_far: list[Contract],
    granted: dict[tuple[str, str], list[Contract]],
    depth: int,
) -> Iterator[list[Contract]]:
    if so_far[-1].grantee == start.grantor:
        yield so_far
        return
    if len(so_far) > depth or any(a.grantee == so_far[-1].grantee for a, _ in pairwise(so_far)):
        return
    for contract in granted.get((so_far[-1].grantee, _mark_of(start)), ()):
        yield from _rings(start, [*so_far, contract], granted, depth)


def _mark_of(contract: Contract) -> str:
    return f"m{contract.mark}" if contract.mark is not None else contract.mark_text
