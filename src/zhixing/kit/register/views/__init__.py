"""The pages of every register; each gets the register's class from the address list."""

from zhixing.kit.register.views.bulk import edit_rows
from zhixing.kit.register.views.edit import create_row, edit_row
from zhixing.kit.register.views.layout import choose_columns, delete_filter, save_filter
from zhixing.kit.register.views.list import export_rows, show_list
from zhixing.kit.register.views.row import show_log, show_row

__all__ = [
    "choose_columns",
    "create_row",
    "delete_filter",
    "edit_row",
    "edit_rows",
    "export_rows",
    "save_filter",
    "show_list",
    "show_log",
    "show_row",
]
