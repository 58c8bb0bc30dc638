"""`python -m tools.day`."""

import sys

from tools.day.command import day
from tratativa.cli import main

sys.exit(main.run(sys.argv[1:], day))
