"""The command `keras-scaffold`: the only place that prints, asks or exits."""

from __future__ import annotations

import gc

__all__ = ["main"]


def main() -> None:
    """Runs the command, and exits; see `scaffold.cli.main.run`."""
    # A short life: what is made is needed to the end, so looking for garbage is a loss,
    # most of all while modules are imported.
    gc.disable()
    from scaffold.cli.main import run

    run()
