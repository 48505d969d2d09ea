"""The command line: parse, call, print."""

from ektp_sched.cli.main import main

__all__ = ["main"]
