"""Lets ``python -m ektp_sched`` do what the command ``ektp-sched`` does."""

import sys

from ektp_sched.cli import main

sys.exit(main())
