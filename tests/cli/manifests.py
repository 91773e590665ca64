"""What the root of the repository tells GitHub and pre-commit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
ACTION: dict[str, Any] = YAML(typ="safe").load(ROOT / "action.yml")
HOOKS: list[dict[str, Any]] = YAML(typ="safe").load(MANIFEST)
