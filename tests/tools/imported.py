"""Lists what a command imports."""

from __future__ import annotations

LIST_MODULES = """
import sys
from scaffold.cli import main
sys.argv = ["keras-scaffold", *sys.argv[1:]]
try:
    main()
except SystemExit as leaving:
    assert not leaving.code, leaving.code
own = {name for name in sys.modules if name.startswith("scaffold.")}
print("MODULES", *sorted({name.split(".")[0] for name in sys.modules} | own))
"""
