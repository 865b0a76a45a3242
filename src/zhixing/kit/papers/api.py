"""What apps use of papers: forms, drafts, issue, withdrawal."""

from zhixing.kit.papers.actions import draft_paper, issue_paper, revise_paper, withdraw_paper
from zhixing.kit.papers.form import PaperForm, form, forms, register_forms
from zhixing.kit.papers.models import Paper, PaperVersion
from zhixing.kit.papers.selectors import papers_about, papers_visible, versions_of

__all__ = [
    "Paper",
    "PaperForm",
    "PaperVersion",
    "draft_paper",
    "form",
    "forms",
    "issue_paper",
    "papers_about",
    "papers_visible",
    "register_forms",
    "revise_paper",
    "versions_of",
    "withdraw_paper",
]
