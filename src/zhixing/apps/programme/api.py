"""What other floors may use of the programme."""

from zhixing.apps.programme.actions.adopt_programme import adopt_programme
from zhixing.apps.programme.actions.set_item import assign_item_owner, set_item_target
from zhixing.apps.programme.board import BoardRow, ItemRow, board
from zhixing.apps.programme.models import ItemSetting, Programme
from zhixing.apps.programme.selectors import programme_of, programmes_visible

__all__ = [
    "BoardRow",
    "ItemRow",
    "ItemSetting",
    "Programme",
    "adopt_programme",
    "assign_item_owner",
    "board",
    "programme_of",
    "programmes_visible",
    "set_item_target",
]
