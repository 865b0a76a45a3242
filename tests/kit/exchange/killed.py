"""A process that imports 50 subjects and kills itself after two batches; then one that goes on.

Run by `test_committing.py` in its own data folder. Prints the batches written before, the state,
the rows created, the subjects in the register, and the rows the audit says were created.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhixing.project.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from zhixing.apps.accounts.models import OrgUnit  # noqa: E402
from zhixing.apps.audit.models import AuditEntry  # noqa: E402
from zhixing.apps.registry.models import Subject  # noqa: E402
from zhixing.kit.actors import SystemActor  # noqa: E402
from zhixing.kit.exchange.actions import map_columns, start_import  # noqa: E402
from zhixing.kit.exchange.checking import check_run  # noqa: E402
from zhixing.kit.exchange.committing import commit_run  # noqa: E402
from zhixing.kit.exchange.models import ImportRun  # noqa: E402
from zhixing.kit.exchange.reading import delimited  # noqa: E402

ACTOR = SystemActor("test")


def start() -> None:
    """Import, and die after the second batch."""
    call_command("migrate", verbosity=0)
    OrgUnit.objects.create(
        code="3701", name="bureau", kind="city", path="3701/", opened_on=date(2020, 1, 1)
    )
    delimited.BATCH_ROWS = 10
    text = "name\n" + "".join(f"鑫源{n}号公司\n" for n in range(50))
    run = start_import(
        ACTOR, "subjects", file_name="a.csv", chunks=[text.encode()], unit_path="3701/"
    )
    map_columns(ACTOR, run, mapping=run.mapping, constants={})
    check_run(run, ACTOR, lambda done, total, what: None)
    commit_run(run, ACTOR, die)


def die(done: int, _total: int, _what: str) -> None:
    """End the process as a power cut would."""
    if done == 2:
        os.kill(os.getpid(), signal.SIGKILL)


def resume() -> None:
    """Go on and say what there is."""
    run = ImportRun.objects.get()
    before = run.position
    run = commit_run(run, ACTOR, lambda done, total, what: None)
    entries = AuditEntry.objects.filter(deed="import.write")
    audited = sum(json.loads(entry.body)["detail"]["created"] for entry in entries)
    sys.stdout.write(
        f"{before} {run.state} {run.created_count} {Subject.objects.count()} {audited}\n"
    )


{"start": start, "resume": resume}[sys.argv[1]]()
