"""The command `zhixing`: thin over engines and actions."""

from zhixing.cli.main import main

__all__ = ["main"]
