"""`python -m tools.bench`."""

import sys

from tools.bench.command import bench
from tratativa.cli import main

sys.exit(main.run(sys.argv[1:], bench))
