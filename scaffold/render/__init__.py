"""Render a module of Keras source as text, with Jinja and Black."""

from scaffold.render.layout import render, render_with_origins

__all__ = ["render", "render_with_origins"]
