"""Reading of the layers of a spec and of its blocks."""

from __future__ import annotations

import re
from functools import partial
from json import dumps
from typing import TYPE_CHECKING

from scaffold.catalogue.facts import examples
from scaffold.diagnostics import Diagnostic, Refused
from scaffold.spec.document import Items, Node, Scalar, Table, describe
from scaffold.spec.findings import Findings
from scaffold.spec.keyed import names_layer, parse_keyed
from scaffold.spec.limits import MOST_ENTRIES, shown, too_much
from scaffold.spec.line import BULLET, parse_line
from scaffold.spec.params import read_params
from scaffold.spec.sections import read_outputs
from scaffold.spec.types import Block, Call, Entry, InputDeclaration
from scaffold.spec.values import Pair, string

if TYPE_CHECKING:
    from scaffold.spec.intended_entries import IntendedEntry

_NAME = re.compile(r"\s*([A-Za-z_]\w*)\s*(?::=|==?|:)")
BLOCK_KEYS = ("description", "params", "inputs", "layers", "outputs")
"""The keys of a block."""


def read_layers(findings: Findings, node: Node) -> tuple[Entry, ...]:
    """Read `layers`: a list of entries."""
    if isinstance(node, Scalar) and node.value is None:
        return ()
    if not isinstance(node, Items):
        findings.unread.add("layers")
        findings.wrong("`layers`", "a list of entries", node, _entries_help(node))
        return ()
    count = len(node.items)
    if count > MOST_ENTRIES:
        message = f"`layers` has {count:,} entries; the limit is {MOST_ENTRIES:,}"
        raise too_much(
            message, node.span, "write recurring layers as a repeat: `* 100`"
        )
    return tuple(entry for item in node.items for entry in _entries(findings, item))


def _entries(findings: Findings, node: Node) -> tuple[Entry, ...]:
    """Read an entry, or its intended meaning if it is malformed."""
    meant = None
    is_unnamed = isinstance(node, Table) and not names_layer(node)
    if is_unnamed:
        meant = _meant(node)
    if meant is None:
        try:
            entry = _entry(node)
            meant = None if (entry.name or "x").isidentifier() else _meant(node)
            if meant is None:
                return (entry,)
        except Refused as refused:
            meant = None if is_unnamed else _meant(node)
            if meant is None:
                findings.add(*refused.diagnostics)
                return (_unread(node),)
    findings.add(meant.fault)
    entries = (
        findings.attempt(partial(_entry, entry)) or _unread(entry)
        for entry in meant.entries
    )
    return (*entries,) or (_unread(node),)


def _meant(node: Node) -> IntendedEntry | None:
    # Imported only if something is wrong, to keep start-up fast.
    from scaffold.spec.intended_entries import intended_entry

    return intended_entry(node)


def _unread(node: Node) -> Entry:
    """Return a placeholder for an unreadable entry: others may refer to its name."""
    name = None
    if isinstance(node, Table):
        names = [value for key, value in node.pairs if key.value == "name"]
        if names and isinstance(names[0], Scalar):
            name = str(names[0].value)
        elif len(node.pairs) == 1 and str(node.pairs[0][0].value).islower():
            name = str(node.pairs[0][0].value)
    elif isinstance(node, Scalar) and (match := _NAME.match(str(node.value))):
        name = match[1]
    return Entry(Call("", (), node.span, node.span), node.span, name, node.span)


def _entries_help(node: Node) -> str:
    """Return the help for `layers` that is not a list, with its first entry."""
    first = ""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        lines = node.value.strip().splitlines() or [""]
        first = re.sub(rf"^{BULLET}", "", lines[0])
        first = re.split(rf"\s(?={BULLET}|[A-Z]\w*\()", first)[0]
    elif isinstance(node, Table) and node.pairs:
        key, value = node.pairs[0]
        if isinstance(value, Scalar) and isinstance(value.value, str):
            first = f"{key.value} = {value.value}"
        elif str(key.value).endswith(")") and isinstance(value, Scalar):
            first = str(key.value)
        elif isinstance(value, Scalar):
            first = f"{key.value}:" + (f" {value.value}" if value.value else "")
        else:
            first = f"{key.value}: ..."
    suffix = node.span.path.lower().rpartition(".")[2]
    if suffix in ("json", "toml"):
        opening = '"layers": ' if suffix == "json" else "layers = "
        text = first if first.endswith(")") else examples.LAYER
        return f"write a list of entries: `{opening}[{dumps(shown(text))}]`"
    shown_first = f": `- {shown(first)}`" if first else ""
    return f"write one entry per line, each after `- `{shown_first}"


def _entry(node: Node) -> Entry:
    if isinstance(node, Table):
        return parse_keyed(node)
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return parse_line(node)
    help_ = f"write a line, `{examples.LAYER}`, or a mapping, "
    help_ += f"`{examples.KEYED_LAYER}`"
    message = f"an entry must be a string or a mapping, not {describe(node)}"
    raise Refused(Diagnostic("KS107", message, node.span, help_))


def read_blocks(findings: Findings, node: Node) -> tuple[Block, ...]:
    """Read `blocks`: a mapping of names and blocks."""
    if not isinstance(node, Table):
        help_ = "write `blocks: {Residual: {layers: [...]}}`"
        findings.unread.add("blocks")
        findings.wrong("`blocks`", "a mapping of names and blocks", node, help_)
        return ()
    blocks = (_block(findings, key, value) for key, value in node.pairs)
    return tuple(block for block in blocks if block is not None)


def _block(findings: Findings, key: Scalar, node: Node) -> Block | None:
    name = str(key.value)
    if not isinstance(node, Table):
        what, help_ = f"the block `{shown(name)}`", "add the key `layers`"
        findings.wrong(what, "a mapping with `layers`", node, help_)
        only = InputDeclaration("inputs", None, (), key.span, False)
        return Block(name, key.span, "", (), (only,), (), None)
    keys = findings.unknown_keys(node, BLOCK_KEYS, "a block")
    params, layers, outputs = (
        keys[section][1] if section in keys else None
        for section in ("params", "layers", "outputs")
    )
    if layers is None:
        message = f"the block `{shown(name)}` requires the key `layers`"
        help_ = f"list its layers, one per line: `- {examples.LAST_LAYER}`"
        findings.add_error("KS108", message, key.span, help_)
    return Block(
        name=name,
        span=key.span,
        description=findings.text(keys.get("description")),
        params=read_params(findings, params, of_block=True) if params else (),
        inputs=_inputs(findings, keys.get("inputs"), key),
        layers=read_layers(findings, layers) if layers else (),
        outputs=read_outputs(findings, outputs) if outputs else None,
    )


def _inputs(
    findings: Findings, pair: Pair | None, key: Scalar
) -> tuple[InputDeclaration, ...]:
    """Read the names of a block's inputs; the default is `inputs`."""
    if pair is None:
        return (InputDeclaration("inputs", None, (), key.span, False),)
    node = pair[1]
    inputs = []
    for item in node.items if isinstance(node, Items) else (node,):
        name = findings.attempt(
            partial(string, item, "`inputs` of a block", "write a list of names")
        )
        if name is not None:
            inputs.append(InputDeclaration(name, None, (), item.span, True))
    return tuple(inputs)
