"""Reading of the sections of a spec other than params, inputs and layers."""

from __future__ import annotations

import re
from functools import partial

from scaffold.diagnostics import Diagnostic, Refused
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.findings import Findings
from scaffold.spec.limits import shown
from scaffold.spec.places import Lines
from scaffold.spec.sources import read_sources
from scaffold.spec.types import (
    LayerImport,
    Literal,
    OutputsSection,
    Section,
    TensorReference,
)
from scaffold.spec.values import Pair, keyword, string

_IMPORT_PATH = re.compile(r"from\s+([\w.]+)\s+import\s+(\w+)|([\w.]+)\.(\w+)(?:\(\))?")


def read_imports(findings: Findings, node: Node) -> tuple[LayerImport, ...]:
    """Read `imports`: names, each with `package.module:Class`."""
    if not isinstance(node, Table):
        help_ = "write `imports: {Swish: package.module:Swish}`"
        findings.unread.add("imports")
        findings.wrong(
            "`imports`", "a mapping of names and `package.module:Class`", node, help_
        )
        return ()
    imports = []
    for key, value in node.pairs:
        name = str(key.value)
        help_ = f"write `{shown(name)}: package.module:Class`"
        what = f"the import `{shown(name)}`"
        text = findings.attempt(partial(string, value, what, help_))
        if text is None:
            imports.append(_unread(name, key))
            continue
        module, colon, attribute = text.partition(":")
        if colon:
            imports.append(LayerImport(name, module, attribute, key.span))
        else:
            message = f"`{shown(text)}` does not name a module and a class"
            if place := _IMPORT_PATH.fullmatch(text):
                module, attribute = place[1] or place[3], place[2] or place[4]
                meant = f"{module}:{attribute}"
                if _is_flow(node, value):
                    meant = f'"{meant}"'
                help_ = f"write `{shown(name)}: {meant}`"
            findings.add_error("KS107", message, value.span, help_)
            imports.append(_unread(name, key))
    return tuple(imports)


def _is_flow(node: Node, value: Node) -> bool:
    """Return whether a mapping is in braces, where YAML requires quotes."""
    raw = value.raw if isinstance(value, Scalar) else None
    if raw is None:
        return False
    at = Lines(raw.text, "").index(node.span.line, node.span.column)
    return raw.text[at : at + 1] == "{"


def _unread(name: str, key: Scalar) -> LayerImport:
    """Return a placeholder for an unreadable import: entries may use its name."""
    return LayerImport(
        name, "unread", name if name.isidentifier() else "Unread", key.span
    )


def read_section(findings: Findings, pair: Pair | None, what: str) -> Section | None:
    """Read `compile` or `train`: a mapping of arguments."""
    if pair is None:
        return None
    key, node = pair
    if not isinstance(node, Table):
        findings.unread.add(str(key.value))
        help_ = f"write one argument per line, indented below {what}: `loss: mse`"
        if isinstance(node, Scalar) and isinstance(node.value, str):
            if glued := re.fullmatch(r"(\w+)\s*[:=]\s*(\S+)", node.value):
                help_ = f"add a space: `{glued[1]}: {glued[2]}`"
        findings.wrong(what, "a mapping of arguments", node, help_)
        return None
    results = (findings.attempt(partial(keyword, *pair)) for pair in node.pairs)
    arguments = tuple(argument for argument in results if argument is not None)
    return Section(arguments, key.span)


def read_outputs(findings: Findings, node: Node) -> OutputsSection:
    """Read `outputs`: a name, a list of names, or a mapping of keys and names."""
    is_empty = isinstance(node, Items) and not node.items
    if is_empty or isinstance(node, Table) and not node.pairs:
        help_ = "remove `outputs` to return the last entry, or name an output"
        findings.add_error("KS302", "`outputs` is empty", node.span, help_)
    if isinstance(node, Table):
        keys = tuple(str(key.value) for key, _ in node.pairs)
        nodes = [value for _, value in node.pairs]
        return OutputsSection(_references(findings, nodes), keys, False, node.span)
    if isinstance(node, Items):
        return OutputsSection(_references(findings, node.items), None, True, node.span)
    return OutputsSection(_references(findings, [node]), None, False, node.span)


def _references(
    findings: Findings, nodes: tuple[Node, ...] | list[Node]
) -> tuple[TensorReference, ...]:
    """Read the name of one entry from each node."""
    references = []
    for node in nodes:
        if reference := findings.attempt(partial(_reference, node)):
            references.append(reference)
    return tuple(references)


def _reference(node: Node) -> TensorReference:
    help_ = "write `outputs: logits`, a list of names, or a mapping of keys and names"
    sources = read_sources(node, "`outputs`", help_)
    reference = sources[0].value
    if len(sources) != 1 or not isinstance(reference, TensorReference):
        message = "an output must be the name of one entry"
        raise Refused(Diagnostic("KS110", message, node.span, help_))
    return reference


def read_override(findings: Findings, node: Node) -> tuple[Literal, ...]:
    """Read `override`: the names of methods."""
    methods = []
    help_ = "write `override: [train_step]`"
    for item in node.items if isinstance(node, Items) else (node,):
        text = findings.attempt(partial(string, item, "`override`", help_))
        if text is not None:
            methods.append(Literal(text, item.span))
    return tuple(methods)
