"""The command `keras-scaffold`: the only place that prints, asks or exits."""

from __future__ import annotations

import gc

__all__ = ["main"]


def main() -> None:
    """Run the command, and exit; see `scaffold.cli.main.run`."""
    # A short life: what is made is needed to the end. Not looking for garbage, neither
    # while modules are imported nor when Python ends, saves `new` a fifth of its time.
    gc.disable()
    try:
        from scaffold.cli.main import run

        run()
    finally:
        gc.freeze()
