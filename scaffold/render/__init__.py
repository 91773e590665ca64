"""From a module of Keras source to its text: Jinja lays it out, Black formats it."""

from scaffold.render.layout import render, render_with_origins

__all__ = ["render", "render_with_origins"]
