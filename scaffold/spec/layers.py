"""The layers of a spec and of its blocks."""

from __future__ import annotations

import re
from functools import partial

from scaffold.catalogue.facts import examples
from scaffold.diagnostics import Diagnostic, Refused
from scaffold.spec.document import Items, Node, Scalar, Table, describe
from scaffold.spec.findings import Findings
from scaffold.spec.keyed import parse_keyed
from scaffold.spec.limits import MOST_ENTRIES, shown, too_much
from scaffold.spec.line import parse_line
from scaffold.spec.places import Lines
from scaffold.spec.sections import read_outputs, read_params
from scaffold.spec.types import Block, Call, Entry, Input
from scaffold.spec.values import Pair, string

_BULLET = r"(?:-|[\u2010-\u2015\u2022\u00b7*+]|[0-9]+[.)])[ \u00a0]*"
_NAME = re.compile(r"\s*([A-Za-z_]\w*)\s*(?::=|==?|:)")
BLOCK_KEYS = ("description", "params", "inputs", "layers", "outputs")
"""The keys of a block."""


def read_layers(findings: Findings, node: Node) -> tuple[Entry, ...]:
    """Reads `layers`: a list of entries."""
    if isinstance(node, Scalar) and node.value is None:
        return ()
    if not isinstance(node, Items):
        findings.unread.add("layers")
        findings.wrong("`layers`", "a list of entries", node, _entries_help(node))
        return ()
    count = len(node.items)
    if count > MOST_ENTRIES:
        message = f"{count:,} entries, and a spec has at most {MOST_ENTRIES:,}"
        raise too_much(message, node.span, "say what recurs as a repeat: `* 100`")
    return tuple(
        findings.attempt(partial(_entry, item)) or _unread(item) for item in node.items
    )


def _unread(node: Node) -> Entry:
    """Stand in for an entry that cannot be read: others may refer to its name."""
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
    """Say how to write a list of entries, with the first of them."""
    first = ""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        lines = node.value.strip().splitlines() or [""]
        first = re.sub(rf"^{_BULLET}", "", lines[0])
        first = re.split(rf"\s(?={_BULLET}|[A-Z]\w*\()", first)[0]
    elif isinstance(node, Table) and node.pairs:
        key, value = node.pairs[0]
        if isinstance(value, Scalar) and isinstance(value.value, str):
            first = f"{key.value} = {value.value}"
        elif str(key.value).endswith(")") and isinstance(value, Scalar):
            first = str(key.value)
        else:
            first = f"{key.value}: ..."
    shown_first = f": `- {shown(first)}`" if first else ""
    return f"write one entry a line, each after `- `{shown_first}"


def _entry(node: Node) -> Entry:
    if isinstance(node, Table):
        return parse_keyed(node)
    if isinstance(node, Scalar) and isinstance(node.value, str):
        try:
            return parse_line(node)
        except Refused:
            if fault := _swallowed(node):
                raise Refused(fault) from None
            raise
    help_ = f"an entry is a line, `{examples.LAYER}`, or a mapping, "
    help_ += f"`{examples.KEYED_LAYER}`"
    message = f"an entry is a string or a mapping, not {describe(node)}"
    raise Refused(Diagnostic("KS107", message, node.span, help_))


def _swallowed(node: Scalar) -> Diagnostic | None:
    """Find a line that was meant as an entry, and goes on with the one before."""
    raw = node.raw
    if raw is None or raw.quote or len(raw.lines) == 1:
        return None
    for start, end in zip(raw.lines[1:], [*raw.lines[2:], raw.end], strict=True):
        line = raw.text[start:end].rstrip()
        match = re.match(rf"[ ]*({_BULLET})(?=[A-Za-z])", line)
        if match is None:
            continue
        lines = Lines(raw.text, node.span.path)
        span = lines.span(start + match.start(1), start + len(line))
        message = "YAML adds this line to the entry before it"
        meant = f"`- {line[match.end():]}`"
        help_ = f"indent it like that entry, and begin it with `- `: {meant}"
        return Diagnostic("KS110", message, span, help_)
    return None


def read_blocks(findings: Findings, node: Node) -> tuple[Block, ...]:
    """Reads `blocks`: a mapping of names and blocks."""
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
        what, help_ = f"the block `{shown(name)}`", "give it the key `layers`"
        findings.wrong(what, "a mapping with `layers`", node, help_)
        only = Input("inputs", None, (), key.span, False)
        return Block(name, key.span, "", (), (only,), (), None)
    keys = findings.unknown_keys(node, BLOCK_KEYS, "a block")
    params, layers, outputs = (
        keys[one][1] if one in keys else None for one in ("params", "layers", "outputs")
    )
    if layers is None:
        message = f"the block `{shown(name)}` needs the key `layers`"
        help_ = f"say its layers, one a line: `- {examples.LAST_LAYER}`"
        findings.fault("KS108", message, key.span, help_)
    return Block(
        name=name,
        span=key.span,
        description=findings.text(keys.get("description")),
        params=read_params(findings, params, of_block=True) if params else (),
        inputs=_inputs(findings, keys.get("inputs"), key),
        layers=read_layers(findings, layers) if layers else (),
        outputs=read_outputs(findings, outputs) if outputs else None,
    )


def _inputs(findings: Findings, pair: Pair | None, key: Scalar) -> tuple[Input, ...]:
    """Reads the names of a block's inputs: `inputs`, where it says none."""
    if pair is None:
        return (Input("inputs", None, (), key.span, False),)
    node = pair[1]
    found = []
    for item in node.items if isinstance(node, Items) else (node,):
        name = findings.attempt(
            partial(string, item, "`inputs` of a block", "write a list of names")
        )
        if name is not None:
            found.append(Input(name, None, (), item.span, True))
    return tuple(found)
