"""A chain as a graph: parties, products and sellers in columns, and how sound their links are.

The numbers behind the drawing are the rows of its table, so that nothing is said by colour alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhixing.apps.chains.gathering import DEPTH, Gathered
from zhixing.apps.chains.models import ChainFinding
from zhixing.apps.chains.parties import key_of
from zhixing.engines.chains import Contract, Contracts, lenders_of, links

LENDER, FACTORY, PRODUCT, SELLER = range(4)
# Nodes drawn in a column; the others are one node that counts them.
MOST_NODES = 10
MORE = "more:"


@dataclass(slots=True)
class Node:
    """A party, a product or a seller."""

    key: str
    column: int
    name: str
    note: str = ""
    url: str = ""
    labels: int = 0
    is_start: bool = False


@dataclass(slots=True)
class Edge:
    """What links two nodes; tone `good`, `bad` or `plain`, always with words."""

    source: str
    target: str
    words: str
    tone: str = "plain"
    labels: int = 0
    contracts: tuple[Contract, ...] = ()


@dataclass(slots=True)
class Graph:
    """Nodes by column and the edges between them."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str], Edge] = field(default_factory=dict)

    def column(self, number: int) -> list[Node]:
        """The nodes of a column: where one started first, then by how many labels."""
        nodes = [node for node in self.nodes.values() if node.column == number]
        return sorted(nodes, key=lambda node: (not node.is_start, -node.labels, node.name))


def chain_graph(
    gathered: Gathered, findings: Iterable[ChainFinding], start: str = "", cap: int = MOST_NODES
) -> Graph:
    """The graph of gathered facts; `start` is the key of the party one looks from."""
    graph = Graph()
    _add_labels(graph, gathered)
    _add_contracts(graph, gathered)
    _add_claims(graph, gathered, _kinds_of(findings))
    for node in graph.nodes.values():
        node.is_start = bool(start) and node.key == start
    return _capped(graph, cap)


def _node(graph: Graph, key: str, column: int, name: str, note: str = "", url: str = "") -> Node:
    node = graph.nodes.get(key)
    if node is None:
        node = graph.nodes[key] = Node(key, column, name, note, url or _party_url(key))
    return node


def _party_url(key: str) -> str:
    return f"{reverse('chains:chain')}?{urlencode({'key': key})}"


def _edge(graph: Graph, source: str, target: str, words: str = "", tone: str = "plain") -> Edge:
    return graph.edges.setdefault((source, target), Edge(source, target, words, tone))


def _add_labels(graph: Graph, gathered: Gathered) -> None:
    """Parties, products and sellers as the labels name them."""
    for seen in gathered.facts.labels:
        label = gathered.labels[seen.id]
        lenders, makers = lenders_of(seen), seen.of("manufacturer")
        for claim in lenders:
            note = _("overseas") if claim.overseas else ""
            _node(graph, claim.party, LENDER, claim.name, note).labels += 1
        for claim in makers:
            _node(graph, claim.party, FACTORY, claim.name).labels += 1
        product = f"p:{seen.product or seen.title}"
        url = f"{reverse('chains:labels')}?{urlencode({'brand': seen.brand})}"
        shown = _node(
            graph, product, PRODUCT, seen.title, url=url if seen.brand else label.get_absolute_url()
        )
        shown.labels += 1
        for claim in makers or lenders:
            edge = _edge(graph, claim.party, product)
            edge.labels += 1
            if not makers:
                edge.tone = "bad"
        if label.seller_name:
            seller = f"seller:{key_of(label.seller_name, label.seller_id)}"
            target = _node(graph, seller, SELLER, label.seller_name,
                           url=_party_url(seller.removeprefix("seller:")))  # fmt: skip
            target.labels += 1
            _edge(graph, product, seller).labels += 1
    for edge in graph.edges.values():
        count = ngettext("%(n)d label", "%(n)d labels", edge.labels) % {"n": edge.labels}
        told = _("no manufacturer named, %(count)s") % {"count": count}
        edge.words = told if edge.tone == "bad" else count


def _add_contracts(graph: Graph, gathered: Gathered) -> None:
    """Contracts between parties, also through parties that no label names."""
    pairs: dict[tuple[str, str], list[Contract]] = defaultdict(list)
    for contract in gathered.facts.contracts:
        pairs[contract.grantor, contract.grantee].append(contract)
    today = timezone.localdate()
    for (grantor, grantee), contracts in pairs.items():
        _node(graph, grantor, LENDER, contracts[0].grantor_name)
        _node(graph, grantee, FACTORY, contracts[0].grantee_name)
        standing = Counter(contract.standing(today) for contract in contracts)
        edge = _edge(graph, grantor, grantee)
        edge.contracts = tuple(contracts)
        if standing["in_force"]:
            edge.words, edge.tone = _("contract in force"), "good"
        else:
            edge.words, edge.tone = _standing_words(next(iter(standing))), "bad"


def _standing_words(standing: str) -> str:
    return {
        "ran_out": _("contract ran out"),
        "not_begun": _("contract not begun"),
        "ended": _("contract ended"),
    }[standing]


Against = Mapping[tuple[str, str], list[ChainFinding]]
# What contracts that came later have answered, though the finding still stands.
ANSWERED = ("gap", "no_factory", "contract_contradicts")


def _kinds_of(findings: Iterable[ChainFinding]) -> Against:
    """What holds against a link, the most probable first."""
    kinds: dict[tuple[str, str], list[ChainFinding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda finding: -finding.probability):
        if finding.kind != ChainFinding.Kind.FORMULA and finding.lender_key:
            kinds[finding.lender_key, finding.factory_key].append(finding)
    return kinds


def _add_claims(graph: Graph, gathered: Gathered, against: Against) -> None:
    """Links that labels claim: borne by contracts, or a gap."""
    contracts = Contracts(gathered.facts, DEPTH)
    for link in links(gathered.facts.labels):
        if link.factory is None:
            continue
        pair = (link.lender.party, link.factory.party)
        told = against.get(pair, [])
        edge = graph.edges.get(pair)
        if contracts.paths(link):
            told = [finding for finding in told if finding.kind not in ANSWERED]
            if edge is not None and told:
                edge.words, edge.tone = str(told[0].get_kind_display()), "bad"
        else:
            edge = _edge(graph, *pair)
            edge.words = str(told[0].get_kind_display()) if told else _("no authorisation on file")
            edge.tone = "bad"
        if edge is not None:
            edge.labels += len(link.labels)


def _capped(graph: Graph, cap: int) -> Graph:
    """At most `cap` nodes a column; the rest become one node that counts them."""
    stand_in: dict[str, str] = {}
    kept = Graph()
    for column in (LENDER, FACTORY, PRODUCT, SELLER):
        nodes = graph.column(column)
        rest = nodes[cap - 1 :] if len(nodes) > cap else []
        for node in nodes[: len(nodes) - len(rest)]:
            kept.nodes[node.key] = node
        if rest:
            key = f"{MORE}{column}"
            name = _("%(n)d more…") % {"n": len(rest)}
            kept.nodes[key] = Node(key, column, name, url=reverse("chains:labels"))
            kept.nodes[key].labels = sum(node.labels for node in rest)
            stand_in |= {node.key: key for node in rest}
    for edge in graph.edges.values():
        ends = (stand_in.get(edge.source, edge.source), stand_in.get(edge.target, edge.target))
        known = kept.edges.get(ends)
        if known is None:
            edge.source, edge.target = ends
            kept.edges[ends] = edge
            continue
        known.labels += edge.labels
        known.contracts += edge.contracts
        if edge.tone == "bad" and known.tone != "bad":
            known.tone, known.words = edge.tone, edge.words
    return kept


def column_titles() -> Sequence[str]:
    """What stands above the columns."""
    return (_("Licensor, supervisor"), _("Manufacturer"), _("Label"), _("Seller"))
