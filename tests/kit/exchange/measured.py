"""A process that imports one file of subjects and prints the rows written and the MB it took."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhixing.project.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from zhixing.apps.accounts.models import OrgUnit  # noqa: E402
from zhixing.kit.actors import SystemActor  # noqa: E402
from zhixing.kit.exchange.actions import map_columns, start_import  # noqa: E402
from zhixing.kit.exchange.checking import check_run  # noqa: E402
from zhixing.kit.exchange.committing import commit_run  # noqa: E402


def told(key: str) -> int:
    """A figure of this process's memory in MB."""
    # Not `ru_maxrss`: after a fork it starts from the memory of the test process.
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{key}:")[2].split()[0]) // 1024


call_command("migrate", verbosity=0)
OrgUnit.objects.create(
    code="3701", name="bureau", kind="city", path="3701/", opened_on=date(2020, 1, 1)
)
actor = SystemActor("test")
# What the house itself weighs, with the name grammar that every import of subjects loads.
import zhixing.apps.registry.importers.subjects  # noqa: E402, F401

house = told("VmRSS")
path = Path(sys.argv[1])
with path.open("rb") as file:
    run = start_import(
        actor,
        "subjects",
        file_name=path.name,
        chunks=iter(lambda: file.read(1 << 20), b""),
        unit_path="3701/",
    )
run = map_columns(actor, run, mapping=run.mapping, constants={})
run = check_run(run, actor, lambda done, total, what: None)
run = commit_run(run, actor, lambda done, total, what: None)
sys.stdout.write(f"{run.created_count} {told('VmHWM') - house}\n")
