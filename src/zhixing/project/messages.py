r"""The Chinese of the interface: `python -m zhixing.project.messages compile|check|merge`.

Message ids are English and stand in the code and the templates; their Chinese is the catalogue
`locale/zh_Hans/LC_MESSAGES/django.po`. Babel does what GNU gettext would, so that no system
package is needed.

* `compile` writes the `.mo` that Django reads.
* `check` fails, naming each message, when one has no Chinese, is no longer used, or names other
  placeholders than its translation.
* `merge` brings the catalogue up to date with the code, and takes in the drafts
  `locale/parts/*.po.txt`: one message a line, `English<TAB>中文`; with a context
  `context|English<TAB>中文`; a line break inside a message is written as `\n`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
CATALOGUE = LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"
PARTS = LOCALE / "parts"

KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# %(name)s, %s, {name}; a doubled percent sign is text.
PLACEHOLDER = re.compile(r"%%|%\((\w+)\)[a-z]|%[a-z]|\{(\w*)[^{}]*\}")

HEADER = r"""# Zhixing in Chinese; kept in step by `python -m zhixing.project.messages merge`.
msgid ""
msgstr ""
"Language: zh_Hans\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""

Key = tuple[str, str]  # context (or ""), message id in the singular


def source_messages(root: Path = PACKAGE) -> Catalog:
    """Every message in the Python files and the templates below `root`, with where it stands."""
    found = Catalog(locale="zh_Hans", fuzzy=False)
    for path in sorted(root.rglob("*.py")) + sorted(root.rglob("templates/**/*.*")):
        for line, message, comments, context in _extract(path):
            place = [(path.relative_to(root).as_posix(), line)]
            found.add(message, None, place, auto_comments=comments, context=context)
    return found


def _extract(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = _template_as_python(text, path.name)
    yield from extract("python", BytesIO(text.encode()), keywords=KEYWORDS)


def _template_as_python(text: str, name: str) -> str:
    """Django turns a template into calls of gettext amid filler; indentation is not its concern."""
    from django.utils.translation.template import templatize

    return "\n".join(line.strip() for line in templatize(text, origin=name).split("\n"))


def read_catalogue(path: Path = CATALOGUE) -> Catalog:
    """The catalogue as committed; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale="zh_Hans", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def _messages(catalogue: Catalog) -> dict[Key, Message]:
    return {_key(message): message for message in catalogue if message.id}


def _key(message: Message) -> Key:
    return message.context or "", _forms(message.id)[0]


def _forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [text or ""] if isinstance(text, str) or text is None else list(text)


def placeholders(text: str | list[str] | tuple[str, ...] | None) -> set[str]:
    """The placeholders of a message, its plural forms taken together."""
    return {
        found[0]
        for form in _forms(text)
        for found in PLACEHOLDER.finditer(form)
        if found[0] != "%%"
    }


def complaints(used: Catalog, catalogue: Catalog) -> list[str]:
    """One line for each message that is untranslated, unused, or differs in its placeholders."""
    in_code, in_catalogue = _messages(used), _messages(catalogue)
    lines = []
    for key, message in in_code.items():
        where = ", ".join(f"{file}:{line}" for file, line in message.locations[:2])
        entry = in_catalogue.get(key)
        if entry is None or not all(_forms(entry.string)):
            lines.append(f"no Chinese: {key[1]!r} ({where})")
        elif entry.fuzzy:
            lines.append(f"Chinese not confirmed (fuzzy): {key[1]!r} ({where})")
        elif _differ(message, entry):
            lines.append(f"other placeholders in the Chinese: {key[1]!r} ({where})")
    lines += [f"no longer used: {key[1]!r}" for key in in_catalogue if key not in in_code]
    return lines


def _differ(message: Message, entry: Message) -> bool:
    """Chinese has no plural, so it may leave out nothing the English plural form names."""
    return placeholders(_forms(message.id)[-1]) != placeholders(entry.string)


def read_parts(folder: Path = PARTS) -> dict[Key, str]:
    """The drafts: context and message id to Chinese.

    Raises:
        click.ClickException: a line is not `English<TAB>中文`, or two drafts disagree.
    """
    drafts: dict[Key, str] = {}
    for path in sorted(folder.glob("*.po.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            english, tab, chinese = line.partition("\t")
            if not (english.strip() and tab and chinese.strip()):
                raise click.ClickException(f"{path.name}:{number}: expected English<TAB>中文")
            english, chinese = _plain(english.strip()), _plain(chinese.strip())
            key = _draft_key(english)
            if drafts.setdefault(key, chinese) != chinese:
                raise click.ClickException(
                    f"{path.name}:{number}: {english!r} is {chinese!r} here, "
                    f"{drafts[key]!r} elsewhere"
                )
    return drafts


def _plain(text: str) -> str:
    return text.replace("\\n", "\n")


def _draft_key(english: str) -> Key:
    context, bar, rest = english.partition("|")
    return (context, rest) if bar and rest and " " not in context else ("", english)


def merged(used: Catalog, catalogue: Catalog, drafts: dict[Key, str]) -> Catalog:
    """The messages of the code with the Chinese of the drafts, or else of the catalogue."""
    known = _messages(catalogue)
    result = Catalog(locale="zh_Hans", fuzzy=False)
    for key, message in sorted(_messages(used).items(), key=lambda item: item[0][::-1]):
        old = known.get(key)
        chinese = drafts.get(key) or (_forms(old.string)[0] if old else "")
        string = chinese if isinstance(message.id, str) else (chinese,)
        result.add(message.id, string, context=message.context)
    return result


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as committed: sorted, without dates and places, so that a diff shows words."""
    file = BytesIO()
    write_po(file, catalogue, width=100, no_location=True, omit_header=True)
    return HEADER.encode() + file.getvalue()


@click.group()
def main() -> None:
    """Compile, check or merge the Chinese of the interface."""


@main.command("compile")
def compile_catalogue() -> None:
    """Write the .mo file that Django reads."""
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, read_catalogue())


@main.command()
def check() -> None:
    """Fail if the catalogue and the code do not agree."""
    used = source_messages()
    lines = complaints(used, read_catalogue())
    for line in lines:
        click.echo(line)
    click.echo(f"{len(_messages(used))} messages, {len(lines)} to mend")
    sys.exit(bool(lines))


@main.command()
def merge() -> None:
    """Bring the catalogue up to date with the code and the drafts in locale/parts."""
    used, drafts = source_messages(), read_parts()
    result = merged(used, read_catalogue(), drafts)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(as_po(result))
    known = _messages(used)
    for key in drafts:
        if key not in known:
            click.echo(f"draft not used: {key[1]!r}")
    lines = complaints(used, result)
    for line in lines:
        click.echo(line)
    click.echo(f"{len(known)} messages, {len(lines)} to mend")


if __name__ == "__main__":
    main()
