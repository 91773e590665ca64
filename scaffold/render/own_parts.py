"""Render a part of the user, and its tests."""

from __future__ import annotations

from scaffold.parts.types import Part
from scaffold.render.formatting import format_source
from scaffold.render.layout import python_environment
from scaffold.render.source import identifier


def render_part(part: Part) -> str:
    """Render a part with the template of its kind, and format it with Black.

    Returns:
        Python source, with the line `# @digest@` as placeholder of the digest.

    Raises:
        ValueError: A name in the part is invalid, which the checks should report.
    """
    return _rendered(f"{part.kind}.py.jinja", part, part.module)


def render_part_tests(part: Part, module: str) -> str:
    """Render the tests of a part, for pytest.

    Args:
        part: The part.
        module: The module that the tests import the part from.

    Returns:
        Python source, with the line `# @digest@` as placeholder of the digest.

    Raises:
        ValueError: A name is invalid, which the checks should report.
    """
    return _rendered(f"{part.kind}_tests.py.jinja", part, module)


def _rendered(template_name: str, part: Part, module: str) -> str:
    for name in (part.name, *module.split(".")):
        identifier(name)
    template = python_environment("parts").get_template(template_name)
    return format_source(template.render(part=part, module=module))
