"""A part of one's own to its text, and to that of its tests."""

from __future__ import annotations

from scaffold.parts.types import Part
from scaffold.render.formatting import format_source
from scaffold.render.layout import python_environment
from scaffold.render.source import identifier


def render_part(part: Part) -> str:
    """Lay a part out with its kind's template, and format it with Black.

    Returns:
        Python source, with the line `# @digest@` where the digest is to stand.

    Raises:
        ValueError: A name in the part is none. The checks should have said so.
    """
    return _laid_out(f"{part.kind}.py.jinja", part, part.module)


def render_part_tests(part: Part, module: str) -> str:
    """Lay out tests of a part, for pytest.

    Args:
        part: The part.
        module: The path of the module that they import it from.

    Returns:
        Python source, with the line `# @digest@` where the digest is to stand.

    Raises:
        ValueError: A name in it is none. The checks should have said so.
    """
    return _laid_out(f"{part.kind}_tests.py.jinja", part, module)


def _laid_out(name: str, part: Part, module: str) -> str:
    for word in (part.name, *module.split(".")):
        identifier(word)
    template = python_environment("parts").get_template(name)
    return format_source(template.render(part=part, module=module))
