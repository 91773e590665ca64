"""From a module of Keras source to its text: Jinja lays it out, Black formats it."""

from scaffold.render.layout import render, render_with_origins
from scaffold.render.own_parts import render_part, render_part_tests

__all__ = ["render", "render_part", "render_part_tests", "render_with_origins"]
