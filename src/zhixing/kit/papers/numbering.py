"""Numbers of papers: by office, word and year, without a gap and without a double."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from zhixing.kit.papers.models import NumberBook
from zhixing.kit.scope import office_names

# How the name of an office shortens into the word its numbers begin with.
SHORTENED = (("市场监督管理", "市监"), ("人民政府", ""))


def next_number(office: str, word: str, year: int) -> tuple[NumberBook, int, str]:
    """Take the next number; must run in the transaction that issues the paper.

    The row of the book is locked until that transaction ends, so two officers never get one
    number; when it is rolled back the number goes back with it, so none is missing.

    Returns:
        The book, the number in it, and the number as it is written, `示市监广监〔2026〕12号`.

    Raises:
        RuntimeError: there is no transaction that the number could go back with.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A number is taken in the transaction that issues the paper.")
    NumberBook.objects.get_or_create(office=office, word=word, year=year)
    book = NumberBook.objects.select_for_update().get(office=office, word=word, year=year)
    book.last += 1
    book.save(update_fields=["last"])
    return book, book.last, f"{office_word(office)}{word}〔{year}〕{book.last}号"


def office_word(office: str) -> str:
    """What stands for an office in its numbers: as the bureau set it, else from its name."""
    code = office.rstrip("/").rpartition("/")[2]
    if code in settings.PAPERS_OFFICE_WORDS:
        return str(settings.PAPERS_OFFICE_WORDS[code])
    name = office_names([office]).get(office, "")
    for long, short in SHORTENED:
        name = name.replace(long, short)
    return name.removesuffix("局")
