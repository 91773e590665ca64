"""Which files of a project are specs, where its settings do not say it."""

from __future__ import annotations

USUAL_SPECS = tuple(
    f"{name}.{suffix}"
    for name in ("model", "*.model", "models/*")
    for suffix in ("yaml", "yml", "json", "toml")
)


def split_patterns(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Gives patterns without braces."""
    return patterns
