"""`python -m zhixing`."""

from zhixing.cli import main

main()
