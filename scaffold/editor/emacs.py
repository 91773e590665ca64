"""Emacs: `.dir-locals.el`, for `compile` and eglot."""

from __future__ import annotations

from scaffold.editor import matchers
from scaffold.editor.patterns import EMACS, expression
from scaffold.editor.types import SCHEMA, EditorProject, OwnedFile, Piece
from scaffold.render.settings import render_settings


def pieces(project: EditorProject) -> list[Piece]:
    """Return the files for Emacs.

    Args:
        project: The project.
    """
    values = {
        "pattern": expression(project.specs, EMACS),
        "placed": matchers.EMACS,
        "whole": matchers.EMACS_FILE_ONLY,
        "schema": SCHEMA,
        "globs": project.fitting(".yaml", ".yml"),
    }
    return [OwnedFile(".dir-locals.el", render_settings("dir-locals.el.jinja", values))]
