"""The command line: parse, call, print. One file for each verb.

`app.py` lists the verbs; each is a module with a function `verb`, imported when it is asked for.
Options that several verbs have stand in `options.py`. Exit codes and messages are `main.py`'s.
"""

from ektp_sched.cli.main import main

__all__ = ["main"]
