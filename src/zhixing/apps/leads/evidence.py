"""Evidence in place: each monitor names the template that draws its kind of evidence."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """How the lead page shows a monitor's evidence; the template gets `lead`."""

    label: str | Promise
    template: str


_views: dict[str, EvidenceView] = {}


def register_evidence(monitor: str, label: str | Promise, template: str) -> None:
    """Name monitor and evidence template (called by the monitor's app at start-up)."""
    _views[monitor] = EvidenceView(label, template)


def view_of(monitor: str) -> EvidenceView | None:
    """The registered view, or None for a monitor that is no longer installed."""
    return _views.get(monitor)


def labels() -> dict[str, str | Promise]:
    """Names of the monitors by code, for filters and headings."""
    return {code: view.label for code, view in _views.items()}
