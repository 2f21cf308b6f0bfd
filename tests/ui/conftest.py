"""The tests of the page share the fake assistant beside this file."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
