"""Vim and Neovim: a script for specs, and the settings of coc.nvim."""

from __future__ import annotations

from scaffold.editor import matchers
from scaffold.editor.patterns import VIM, expression
from scaffold.editor.types import EditorProject, OwnedFile, Piece, SharedJsonFile
from scaffold.editor.vscode import schema_settings
from scaffold.render.settings import render_settings
from scaffold.spec import SUFFIXES
from scaffold.styles import STYLES

_OPTIONS = ("--force", "--diff", "--shapes")


def pieces(project: EditorProject) -> list[Piece]:
    """Return the files for Vim.

    Args:
        project: The project.
    """
    values = {
        "pattern": expression(project.specs, VIM),
        "files": ",".join(f"*{suffix}" for suffix in SUFFIXES),
        "errorformat": matchers.VIM,
        "options": [*(f"--style {style}" for style in STYLES), *_OPTIONS],
    }
    return [
        OwnedFile(
            ".keras-scaffold/specs.vim", render_settings("specs.vim.jinja", values)
        ),
        SharedJsonFile(".vim/coc-settings.json", lambda _: schema_settings(project)),
    ]
