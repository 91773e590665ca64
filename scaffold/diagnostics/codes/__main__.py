"""`python -m scaffold.diagnostics.codes`: prints `docs/diagnostics.md`."""

import sys

from scaffold.diagnostics.codes import reference

sys.stdout.write(reference())
