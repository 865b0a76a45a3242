"""`zhixing init | serve | backup | restore`: an empty bureau, its site, its safety copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import click

from zhixing.cli.startup import fail, with_django

# Beside the database: evidence, and the uploads and results of imports.
KEPT_FOLDERS = ("files", "imports")


@click.command()
@click.option("--bureau", prompt="Name of the city bureau", help="e.g. 示范市市场监督管理局")
@click.option("--code", prompt="GB/T 2260 code of the city (6 digits)", help="e.g. 370100")
@click.option("--admin", default="admin", show_default=True, help="User name of the administrator.")
@click.password_option("--password", help="Password of the administrator (10 characters or more).")
@with_django
def init(bureau: str, code: str, admin: str, password: str) -> None:
    """Create the database, the city bureau and its administrator; data comes by import."""
    from django.core.management import call_command
    from django.utils import timezone

    from zhixing.apps.accounts import api
    from zhixing.kit.actors import SystemActor

    call_command("migrate", interactive=False, verbosity=0)
    if api.OrgUnit.objects.exists():
        fail("this database holds a bureau already; nothing was changed")
    actor, today = SystemActor("cli init"), timezone.localdate()
    unit = api.open_office(
        actor, code=code, name=bureau, kind=api.OrgUnit.Kind.CITY, parent=None, opened_on=today
    )
    api.create_officer(
        actor,
        username=admin,
        display_name="系统管理员",
        unit=unit,
        roles=[api.Role.ADMINISTRATOR],
        password=password,
        since=today,
    )
    click.echo(f"{bureau}: ready. Start the site with  zhixing serve  and sign in as {admin}.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Web processes.")
@click.option("--no-jobs", is_flag=True, help="Do not run jobs here; a `zhixing worker` does.")
@with_django
def serve(host: str, port: int, workers: int, no_jobs: bool) -> None:
    """Serve the site until Ctrl-C, with a worker for jobs beside it."""
    run_server(host, port, workers, with_jobs=not no_jobs)


def run_server(host: str, port: int, workers: int = 1, *, with_jobs: bool = True) -> None:
    """Bring database and static files up to date, start granian and the job worker, and wait."""
    from django.core.management import call_command

    from zhixing.kit.jobs.embedded import start_embedded_worker

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    worker = start_embedded_worker() if with_jobs else None
    command = [
        sys.executable, "-m", "granian", "zhixing.project.wsgi:application",
        "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=os.environ)
    try:
        server.wait()
    except KeyboardInterrupt:
        pass
    finally:
        for process in (server, worker):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait(timeout=20)


@click.command()
@click.argument("output", required=False, type=click.Path(dir_okay=False, path_type=Path))
@with_django
def backup(output: Path | None) -> None:
    """Write database and evidence files into OUTPUT.tar.gz while the site runs."""
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    output = output or Path(f"zhixing-backup-{timezone.localtime():%Y%m%d-%H%M%S}.tar.gz")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "database"
        if connection.vendor == "sqlite":
            copy = copy.with_suffix(".sqlite3")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(copy)])
        else:
            copy = copy.with_suffix(".dump")
            _pg("pg_dump", ["--format=custom", f"--file={copy}"])
        with tarfile.open(output, "w:gz") as archive:
            archive.add(copy, copy.name)
            for folder_name in KEPT_FOLDERS:
                if (kept := settings.HOME / folder_name).is_dir():
                    archive.add(kept, folder_name)
    click.echo(f"{output} ({output.stat().st_size / 1e6:.1f} MB)")


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_django
def restore(archive: Path) -> None:
    """Put ARCHIVE into an empty data folder (or an empty PostgreSQL database)."""
    from django.conf import settings
    from django.db import connection

    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if (
        connection.vendor == "sqlite"
        and database.exists()
        and connection.introspection.table_names()
    ):
        fail(f"{database} is not empty; restore into a new ZHIXING_HOME")
    connection.close()
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as bundle:
        bundle.extractall(folder, filter="data")
        if connection.vendor == "sqlite":
            shutil.move(Path(folder) / "database.sqlite3", database)
        else:
            _pg("pg_restore", ["--no-owner", f"--dbname={database}", f"{folder}/database.dump"])
        for folder_name in KEPT_FOLDERS:
            if (kept := Path(folder) / folder_name).is_dir():
                shutil.copytree(kept, settings.HOME / folder_name, dirs_exist_ok=True)
    click.echo("restored; check it with  zhixing audit verify")


def _pg(program: str, arguments: list[str]) -> None:
    """Run a PostgreSQL client program against the configured database."""
    from django.db import connection

    settings = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    env = {key: str(settings[name]) for key, name in names.items() if settings[name]}
    if program == "pg_dump":
        arguments = [*arguments, str(settings["NAME"])]
    subprocess.run([program, *arguments], check=True, env=os.environ | env)
