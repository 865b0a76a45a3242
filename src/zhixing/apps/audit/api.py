"""What other apps may use of the audit."""

from zhixing.apps.audit.actions.export_proof import export_proof
from zhixing.apps.audit.actions.reveal import reveal
from zhixing.apps.audit.evidence import unlike_the_book
from zhixing.apps.audit.verify import Verdict, verify

__all__ = ["Verdict", "export_proof", "reveal", "unlike_the_book", "verify"]
