"""`python -m tools.drill`."""

import sys

from tools.drill.command import drill
from tratativa.cli import main

sys.exit(main.run(sys.argv[1:], drill))
