"""Jinja, set up for the templates of one directory."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold.resources import resource_directory

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment


def environment(directory: str, **filters: Callable[..., Any]) -> Environment:
    """Make what lays out the templates of a directory.

    Args:
        directory: Their name below `templates/`: `model`, `parts`, `kit` or `editor`.
        **filters: What they can put values through, by its name there.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    result = Environment(
        loader=FileSystemLoader(resource_directory(directory)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # the templates write source and settings, not HTML
        optimized=False,  # each is used once: looking for constants does not pay
        bytecode_cache=_bytecode_cache(resource_directory(directory)),
    )
    result.filters.update(filters)
    return result


def _bytecode_cache(templates: Path) -> BytecodeCache | None:
    """Return the cache of compiled templates, which is kept as Python keeps modules.

    Compiling them takes a fifth of the time of `new`. The compiled templates are in
    `__pycache__` beside the templates, or below `PYTHONPYCACHEPREFIX`; each is valid
    for one text and one version of Python. A directory that cannot be read or written
    to is no error.

    Args:
        templates: The directory of the templates.

    Returns:
        The cache; `None` where Python is told to write no bytecode.
    """
    if sys.dont_write_bytecode or sys.implementation.cache_tag is None:
        return None
    from jinja2 import FileSystemBytecodeCache
    from jinja2.bccache import Bucket

    class TemplateCache(FileSystemBytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            try:
                super().load_bytecode(bucket)
            except OSError:
                bucket.reset()

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                Path(self.directory).mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)

    directory = Path(cache_from_source(str(templates / "template.py"))).parent
    return TemplateCache(str(directory), f"%s.{sys.implementation.cache_tag}.jinja")
