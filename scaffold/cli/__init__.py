"""The command `keras-scaffold`: the only place that prints, asks or exits."""

from scaffold.cli.main import main

__all__ = ["main"]
