"""What other apps may use of trade-mark protection."""

from zhixing.apps.protection.actions.ask_assistance import (
    announce_delay,
    answer_request,
    enter_request,
)
from zhixing.apps.protection.actions.inspect_markets import (
    Seen,
    begin_inspection,
    enter_market,
    enter_stall,
    finish_inspection,
)
from zhixing.apps.protection.actions.keep_files import (
    close_file,
    decide_file,
    enter_fact,
    finish_investigation,
    open_file,
)
from zhixing.apps.protection.actions.keep_oem import enter_order, file_enterprise
from zhixing.apps.protection.actions.transfer_crime import (
    approve_transfer,
    hand_over,
    record_answer,
    report_transfer,
)
from zhixing.apps.protection.models import (
    AssistanceRequest,
    CrimeTransfer,
    FileFact,
    InfringementFile,
)
from zhixing.apps.protection.selectors import (
    assistance_visible,
    files_visible,
    transfers_visible,
)

__all__ = [
    "AssistanceRequest",
    "CrimeTransfer",
    "FileFact",
    "InfringementFile",
    "Seen",
    "announce_delay",
    "answer_request",
    "approve_transfer",
    "assistance_visible",
    "begin_inspection",
    "close_file",
    "decide_file",
    "enter_fact",
    "enter_market",
    "enter_order",
    "enter_request",
    "enter_stall",
    "file_enterprise",
    "files_visible",
    "finish_inspection",
    "finish_investigation",
    "hand_over",
    "open_file",
    "record_answer",
    "report_transfer",
    "transfers_visible",
]
