"""From a module of Keras source to its text: Jinja lays it out, Black formats it."""

from scaffold.render.layout import render

__all__ = ["render"]
