"""What other apps may use of ad discipline."""

from zhixing.apps.discipline.actions.make_bulletins import issue as issue_bulletin
from zhixing.apps.discipline.actions.make_bulletins import make_bulletin
from zhixing.apps.discipline.actions.propose_sanctions import propose_by_hand, propose_sanctions
from zhixing.apps.discipline.actions.send_dispatch import accept as accept_dispatch
from zhixing.apps.discipline.actions.send_dispatch import answer as answer_dispatch
from zhixing.apps.discipline.actions.send_dispatch import send_dispatch
from zhixing.apps.discipline.actions.step_sanction import (
    approve,
    give_notice,
    record_reply,
    submit,
)
from zhixing.apps.discipline.actions.step_sanction import issue as issue_sanction
from zhixing.apps.discipline.actions.train_advertisers import list_advertisers, plan_training
from zhixing.apps.discipline.checking import (
    MEDIA,
    TEXT_LENGTH,
    Checked,
    CheckForm,
    check_text,
)
from zhixing.apps.discipline.models import Bulletin, Dispatch, Sanction, Training, TrainingCall
from zhixing.apps.discipline.pictures import MAX_BYTES as PICTURE_BYTES
from zhixing.apps.discipline.pictures import words_of
from zhixing.apps.discipline.selectors import dispatches_visible, sanctions_visible

__all__ = [
    "MEDIA",
    "PICTURE_BYTES",
    "TEXT_LENGTH",
    "Bulletin",
    "CheckForm",
    "Checked",
    "Dispatch",
    "Sanction",
    "Training",
    "TrainingCall",
    "accept_dispatch",
    "answer_dispatch",
    "approve",
    "check_text",
    "dispatches_visible",
    "give_notice",
    "issue_bulletin",
    "issue_sanction",
    "list_advertisers",
    "make_bulletin",
    "plan_training",
    "propose_by_hand",
    "propose_sanctions",
    "record_reply",
    "sanctions_visible",
    "send_dispatch",
    "submit",
    "words_of",
]
