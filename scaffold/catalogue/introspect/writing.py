"""Write the catalogue files reproducibly, with one callable per line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scaffold.catalogue.records import record_of
from scaffold.catalogue.types import KerasCallable


def write_registry(path: Path, described: Iterable[KerasCallable]) -> None:
    """Write one registry, sorted by name."""
    lines = [
        f"{_compact(target.name)}:{_compact(record_of(target))}"
        for target in sorted(described, key=lambda target: target.name)
    ]
    _write(path, "{\n" + ",\n".join(lines) + "\n}\n")


def write_meta(path: Path, version: str, reserved: Iterable[str]) -> None:
    """Write the Keras version and the reserved attribute names."""
    meta = {"keras": version, "reserved": sorted(reserved)}
    _write(path, json.dumps(meta, indent=0) + "\n")


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
