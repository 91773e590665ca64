"""Reading of the table `[tool.keras-scaffold]`, with the location of each finding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scaffold.diagnostics import Diagnostic, Refused, Span, did_you_mean, suggest
from scaffold.settings.patterns import pattern_fault
from scaffold.settings.types import Settings
from scaffold.spec.document import Date, Items, Node, Scalar, Table
from scaffold.spec.findings import Findings
from scaffold.spec.limits import MAX_BYTES, shown, too_much
from scaffold.spec.reader import decode
from scaffold.spec.toml import parse_part
from scaffold.styles import BACKENDS, STYLES

_KEYS = ("style", "backend", "output", "specs")
_WHAT = "`[tool.keras-scaffold]`"


def read(data: bytes, path: Path) -> tuple[Settings, tuple[Diagnostic, ...]] | None:
    """Read the settings in a pyproject.toml.

    Args:
        data: The file's bytes.
        path: Its name in findings; paths in the file are relative to its directory.

    Returns:
        The valid settings, and the findings about the others; `None` if the file has
        no such table.

    Raises:
        Refused: The file is not TOML.
    """
    if len(data) > MAX_BYTES:
        message = f"the settings file is larger than {MAX_BYTES:,} bytes"
        raise too_much(message, Span(str(path)), "move large content to another file")
    text, diagnostic = decode(data, str(path))
    if diagnostic is not None:
        raise Refused(diagnostic)
    table = parse_part(text, str(path), ("tool", "keras-scaffold"))
    if table is None:
        return None
    findings = Findings()
    if not isinstance(table, Table):
        help_ = 'write keys in the table: `style = "functional"`'
        findings.wrong(_WHAT, "a table", table, help_)
        return Settings(path=path), tuple(findings.diagnostics)
    findings.unknown_keys(table, _KEYS, _WHAT)
    nodes = {str(key.value): value for key, value in table.pairs}
    settings = Settings(
        style=_choice(findings, nodes, "style", ("auto", "all", *STYLES)),
        backend=_choice(findings, nodes, "backend", BACKENDS),
        output=_output(findings, nodes.get("output"), path.parent),
        specs=_specs(findings, nodes.get("specs")),
        path=path,
        specs_span=nodes["specs"].span if "specs" in nodes else Span(str(path)),
    )
    return settings, tuple(findings.diagnostics)


def _choice(
    findings: Findings, nodes: dict[str, Node], key: str, known: Sequence[str]
) -> str:
    node = nodes.get(key)
    if node is None:
        return ""
    value = _string(findings, f"`{key}`", node, f'write `{key} = "{known[-1]}"`')
    if value is None or value in known:
        return value or ""
    near = suggest(value, known)
    help_ = did_you_mean(near[:1], '"') or f"known: {', '.join(known)}"
    message = f"`{key}` cannot be {shown(value)!r}"
    findings.add_error("KS113", message, node.span, help_)
    return ""


def _string(findings: Findings, what: str, node: Node, help_: str) -> str | None:
    if isinstance(node, Scalar) and isinstance(node.value, str):
        if not isinstance(node.value, Date):
            return node.value
    findings.wrong(what, "a string", node, help_)
    return None


def _output(findings: Findings, node: Node | None, root: Path) -> Path | None:
    if node is None:
        return None
    help_ = 'name a directory: `output = "src/models"`'
    value = _string(findings, "`output`", node, help_)
    if value is None:
        return None
    why = pattern_fault(value)
    if why:
        message = f"`output` must be a directory of the project, but {why}"
        findings.add_error("KS113", message, node.span, help_)
        return None
    return root / value


def _specs(findings: Findings, node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    help_ = 'list patterns of paths: `specs = ["models/*.yaml"]`'
    if not isinstance(node, Items):
        findings.wrong("`specs`", "a list", node, help_)
        return ()
    patterns = []
    for item in node.items:
        value = _string(findings, "a pattern of `specs`", item, help_)
        if value is None:
            continue
        why = pattern_fault(value)
        if why:
            message = f"`specs` must be files of the project, but {why}"
            findings.add_error("KS113", message, item.span, help_)
        else:
            patterns.append(value)
    return tuple(patterns)
