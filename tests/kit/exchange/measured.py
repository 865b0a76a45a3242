"""A process that imports one file of subjects and prints the rows written and its peak in MB."""

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

call_command("migrate", verbosity=0)
OrgUnit.objects.create(
    code="3701", name="bureau", kind="city", path="3701/", opened_on=date(2020, 1, 1)
)
actor = SystemActor("test")
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
# Not `ru_maxrss`: after a fork it starts from the memory of the test process.
status = Path("/proc/self/status").read_text()
peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
sys.stdout.write(f"{run.created_count} {peak}\n")
