"""What the pages of a label, a finding and a subject show of chains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from zhixing.apps.chains.around import Around, around_label, around_party
from zhixing.apps.chains.drawing import draw
from zhixing.apps.chains.gathering import gather
from zhixing.apps.chains.graph import chain_graph
from zhixing.apps.chains.models import ChainFinding, Label, LabelParty
from zhixing.apps.chains.parties import key_of
from zhixing.apps.chains.selectors import (
    findings_of_label,
    findings_of_party,
    labels_visible,
    subjects_to_open,
)
from zhixing.apps.registry.api import Subject, authorisations_visible
from zhixing.kit.actors import Actor

FINDINGS_SHOWN = 20
LABELS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the label's text, with the role of the name it is, if it is one."""

    text: str
    role: str = ""


def roles(actor: Actor, label: Label) -> Mapping[str, Any]:
    """The text with the parties marked in place, and the parties as a table."""
    parties = list(label.parties.all())
    opened = subjects_to_open(actor, [p.subject_id for p in parties if p.subject_id])
    rows = [{"party": party, "subject": opened.get(party.subject_id or 0)} for party in parties]
    return {"label": label, "rows": rows, "pieces": pieces(label.text, parties), "count": len(rows)}


def pieces(text: str, parties: Iterable[LabelParty]) -> list[Piece]:
    """The text cut at the names; of overlapping names the first is marked."""
    cut, at = [], 0
    placed = [p for p in parties if p.start is not None and p.end is not None]
    for party in sorted(placed, key=lambda party: (party.start, party.end)):
        start, end = party.start or 0, party.end or 0
        if start < at or end > len(text) or end <= start:
            continue
        cut += [Piece(text[at:start])] if start > at else []
        cut.append(Piece(text[start:end], str(party.get_role_display())))
        at = end
    return [*cut, Piece(text[at:])] if at < len(text) else cut


def drawing_of(
    actor: Actor, around: Around, findings: Sequence[ChainFinding], start: str = ""
) -> dict[str, Any]:
    """The drawing of labels around something, with the contracts the actor may open."""
    gathered = gather(around.labels)
    drawing = draw(chain_graph(gathered, findings, start))
    ids = list(gathered.contracts)
    visible = set()
    if ids and actor.has_perm("registry.view_authorisation"):
        visible = set(authorisations_visible(actor).filter(pk__in=ids).values_list("pk", flat=True))
    opened = {pk: row for pk, row in gathered.contracts.items() if pk in visible}
    rows = []
    for source, target, edge in drawing.rows if drawing else ():
        contracts = [opened[c.id] for c in edge.contracts if c.id in opened]
        rows.append(
            {
                "source": source,
                "target": target,
                "edge": edge,
                "contracts": contracts,
                "elsewhere": len(edge.contracts) - len(contracts),
            }
        )
    return {"drawing": drawing, "rows": rows, "around": around}


def chain(actor: Actor, label: Label) -> Mapping[str, Any] | None:
    """The chain of one label."""
    found = list(findings_of_label(actor, label)[:FINDINGS_SHOWN])
    return drawing_of(actor, around_label(actor, label, 1), found) | {
        "more": f"label={label.pk}&depth=2"
    }


def label_findings(actor: Actor, label: Label) -> Mapping[str, Any]:
    """What was found about the label and its links."""
    rows = list(findings_of_label(actor, label)[:FINDINGS_SHOWN])
    return {"findings": rows, "count": len(rows), "flags": label.flags}


def files(actor: Actor, label: Label) -> Mapping[str, Any]:
    """Photos of the label and papers."""
    return {"of": label}


def reasons(actor: Actor, finding: ChainFinding) -> Mapping[str, Any]:
    """The sentences, and the labels and contracts they are about that the actor may open."""
    labels = labels_visible(actor).filter(pk__in=finding.labels[:LABELS_SHOWN])
    contracts = []
    if finding.contracts and actor.has_perm("registry.view_authorisation"):
        contracts = list(authorisations_visible(actor).filter(pk__in=finding.contracts))
    return {
        "finding": finding,
        "labels": list(labels.order_by("-seen_on", "-pk")),
        "contracts": contracts,
        "elsewhere": len(finding.contracts) - len(contracts),
    }


def finding_chain(actor: Actor, finding: ChainFinding) -> Mapping[str, Any] | None:
    """The chain around the licensor of a finding, else around its factory."""
    key = finding.lender_key or finding.factory_key
    if not key:
        return None
    found = list(findings_of_party(actor, key)[:FINDINGS_SHOWN])
    return drawing_of(actor, around_party(actor, key, 1), found, key) | {
        "more": f"{urlencode({'key': key})}&depth=2"
    }


def subject_chain(actor: Actor, subject: Subject) -> Mapping[str, Any] | None:
    """The chain around an operator; left out while no label names it."""
    if not actor.has_perm("chains.view_label"):
        return None
    key = key_of(subject.name, subject.pk)
    around = around_party(actor, key, 1)
    if not around.labels:
        return None
    found = list(findings_of_party(actor, key)[:FINDINGS_SHOWN])
    return drawing_of(actor, around, found, key) | {
        "findings": found,
        "count": around.total,
        "more": f"{urlencode({'key': key})}&depth=2",
    }
