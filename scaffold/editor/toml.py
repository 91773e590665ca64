"""The TOML language servers tombi and taplo, each with its own file."""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps

from scaffold.editor.types import SCHEMA, EditorProject, OwnedFile
from scaffold.settings import find_specs


def pieces(project: EditorProject) -> list[OwnedFile]:
    """Return the files that tell the servers which TOML files are specs, if any are.

    The servers read these files in every editor; VS Code's settings would need the
    absolute path of the schema. A file of the user stays as it is.

    Args:
        project: The project.
    """
    has_specs = find_specs(project.fitting(".toml"), project.root)
    return all_pieces(project) if has_specs else []


def all_pieces(project: EditorProject) -> list[OwnedFile]:
    """Return the files for the servers, whether there are specs in TOML or not.

    Args:
        project: The project.
    """
    patterns = project.fitting(".toml")
    include = f"include = [{_listed(patterns)}]\n"
    path = f"path = {dumps(SCHEMA)}\n"
    tombi = f"[[schemas]]\n{path}{include}strict = false\n"
    taplo = f"[[rule]]\n{include}\n[rule.schema]\n{path}"
    return [
        OwnedFile("tombi.toml", tombi, is_weak=True),
        OwnedFile(".taplo.toml", taplo, is_weak=True),
    ]


def _listed(values: Iterable[str]) -> str:
    return ", ".join(dumps(value, ensure_ascii=False) for value in values)
