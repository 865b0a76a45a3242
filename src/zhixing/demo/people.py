"""The demo officers: one per role that this version uses. The password is for the demo alone."""

from __future__ import annotations

from dataclasses import dataclass

from zhixing.demo.places import CITY

PASSWORD = "Demo-Zhixing-2026"


@dataclass(frozen=True, slots=True)
class Person:
    """An account of the demo and where it works."""

    username: str
    name: str
    office: str
    roles: tuple[str, ...]


PEOPLE = (
    Person("leader", "周明远", CITY, ("leader",)),
    Person("head", "林若兰", CITY, ("head",)),
    Person("officer", "王建国", CITY, ("officer",)),
    Person("second", "李晓东", CITY, ("officer",)),
    Person("reviewer", "何静", CITY, ("officer",)),
    Person("county", "陈志刚", f"{CITY[:4]}21", ("head", "officer")),
    Person("village", "赵小丽", f"{CITY[:4]}21003", ("officer",)),
    Person("auditor", "孙立群", CITY, ("auditor",)),
    Person("admin", "系统管理员", CITY, ("administrator",)),
)
