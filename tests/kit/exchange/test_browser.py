"""An import in a real browser: by keyboard-reachable controls, accessible, on a phone too."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest

from tests.harness.browser import assert_accessible, screenshot, sign_in
from tests.kit.exchange.conftest import Files, uscc
from zhixing.apps.registry.models import Subject
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.jobs.api import run_inline

ROWS = [
    ["统一社会信用代码", "企业名称", "成立日期", "联系电话", "某列"],
    *[[uscc(n), f"济南鑫源{n}号商贸有限公司", "2001-02-03", "053188888888", "x"] for n in range(8)],
    [uscc(20), "历下区德源超市", "昨天", "", ""],
    [uscc(20)[:-1] + "?", "", "2001", "", ""],
]


@pytest.fixture
def written(bureau: SimpleNamespace) -> None:
    """One of the rows is there already, under another name."""
    Subject.objects.create(
        uscc=uscc(3), name="从前的名称", phone="053166666666", unit_path=bureau.east.path
    )


@pytest.mark.usefixtures("written")
def test_an_officer_imports_a_file(page: Any, files: Files, bureau: SimpleNamespace) -> None:
    """From the register's start page to the result; every page passes the accessibility check."""
    sign_in(page, bureau.reporter)
    page.goto("/imports/new/subjects/")
    assert_accessible(page)
    page.set_input_files("input[type=file]", files("主体名录.xlsx", ROWS))
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/columns/")
    assert_accessible(page)
    screenshot(page, "import-columns")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    assert_accessible(page)
    run = ImportRun.objects.get()
    run_inline(run.job)
    page.reload()
    assert_accessible(page)
    screenshot(page, "import-checked")
    page.goto(f"/imports/{run.pk}/errors/")
    assert_accessible(page)
    page.goto(f"/imports/{run.pk}/commit/?mode=valid_only")
    assert_accessible(page)
    screenshot(page, "import-confirm")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**/imports/{run.pk}/")
    run.refresh_from_db()
    run_inline(run.job)
    page.reload()
    screenshot(page, "import-done")
    run.refresh_from_db()
    assert (run.state, run.created_count, run.updated_count) == ("done", 7, 1)
    page.goto("/imports/")
    assert_accessible(page)
    screenshot(page, "imports")


@pytest.mark.usefixtures("written")
def test_the_pages_fit_a_phone(phone: Any, files: Files, bureau: SimpleNamespace) -> None:
    """Nothing stands out of the screen at 390 pixels."""
    sign_in(phone, bureau.reporter)
    phone.goto("/imports/new/subjects/")
    phone.set_input_files("input[type=file]", files("主体名录.xlsx", ROWS))
    phone.locator("main form button[type=submit]").click()
    phone.wait_for_url("**/columns/")
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    phone.locator("main form button[type=submit]").click()
    phone.wait_for_url(re.compile(r"/imports/\d+/$"))
    run_inline(ImportRun.objects.get().job)
    phone.reload()
    screenshot(phone, "import-checked")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
