"""`python -m scaffold.pages`: prints `docs/diagnostics.md`."""

import sys

from scaffold.pages import reference

sys.stdout.write(reference())
