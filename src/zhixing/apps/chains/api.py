"""What other apps may use of labels and chains."""

from zhixing.apps.chains.actions.check_chains import MONITOR, start_check
from zhixing.apps.chains.actions.keep_labels import confirm_parties, create_label, update_label
from zhixing.apps.chains.models import ChainFinding, Label, LabelParty
from zhixing.apps.chains.names import record_label

__all__ = [
    "MONITOR",
    "ChainFinding",
    "Label",
    "LabelParty",
    "confirm_parties",
    "create_label",
    "record_label",
    "start_check",
    "update_label",
]
