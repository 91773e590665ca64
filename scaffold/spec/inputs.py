"""The inputs of a spec: one shape, or names with a shape each."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial

from scaffold.diagnostics import suggest
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.findings import Findings
from scaffold.spec.limits import shown
from scaffold.spec.types import InputDeclaration
from scaffold.spec.values import expression, keyword

OPTIONS = ("batch_size", "dtype", "optional", "ragged", "sparse")
"""What `keras.Input` takes beside the shape."""
WITH_BATCH = ("batch_shape", "batch_input_shape")
SHAPES = ("shape", "input_shape", *WITH_BATCH)
"""What Keras calls the shape of an input, here and there."""
_OF_ONE = frozenset((*OPTIONS, *SHAPES))
_SIZES = re.compile(r"[0-9]+(\s*[xX*\u00d7;]\s*[0-9]+)+")
_SHAPE = "say the shape without the batch axis: `inputs: [28, 28, 1]`"


def read_inputs(
    findings: Findings,
    node: Node,
    params: Collection[str] = (),
    layers: Node | None = None,
) -> tuple[InputDeclaration, ...]:
    """Read `inputs`: one shape, or a mapping of names and shapes.

    Args:
        findings: Where faults are kept.
        node: What stands under `inputs`.
        params: The names of the params, which may be sizes.
        layers: What stands under `layers`, which may use a name that is in doubt.
    """
    if _is_in_doubt(node):
        # Imported where something is odd alone: a command should start at once.
        from scaffold.spec.intended_inputs import meant_inputs

        meant = meant_inputs(node, params, layers)
        findings.keep(*meant.faults)
        if meant.names:
            findings.unread.add("inputs")
            return tuple(
                InputDeclaration(str(name.value), None, (), name.span, True)
                for name in meant.names
            )
        node = meant.node
    if isinstance(node, Items):
        shape = findings.attempt(partial(expression, node))
        return (InputDeclaration("inputs", shape, (), node.span, False),)
    if isinstance(node, Table) and not node.pairs:
        findings.fault("KS302", "the model has no inputs", node.span, _SHAPE)
        return ()
    if isinstance(node, Table):
        return tuple(_input(findings, key, value) for key, value in node.pairs)
    wanted, help_ = "a shape, or a mapping of names and shapes", _SHAPE
    if _SIZES.fullmatch(str(node.value)):
        help_ = f"write `inputs: [{', '.join(re.findall('[0-9]+', str(node.value)))}]`"
    findings.unread.add("inputs")
    findings.wrong("`inputs`", wanted, node, help_)
    return ()


def _is_in_doubt(node: Node) -> bool:
    """Return whether a list may be several inputs, or a mapping a single one."""
    if isinstance(node, Items):
        return any(
            not isinstance(item, Scalar) or isinstance(item.value, str)
            for item in node.items
        )
    if not isinstance(node, Table):
        return False
    inner = (value.pairs for _, value in node.pairs if isinstance(value, Table))
    return any(key.value in _OF_ONE for key, _ in node.pairs) or any(
        type(key.value) is int for pairs in (node.pairs, *inner) for key, _ in pairs
    )


def _input(findings: Findings, key: Scalar, node: Node) -> InputDeclaration:
    name, shape, options = str(key.value), None, []
    if isinstance(node, Items):
        shape = findings.attempt(partial(expression, node))
    elif isinstance(node, Table):
        for pair in _with_shape(findings, key, node).pairs:
            option = findings.attempt(partial(keyword, *pair))
            if option is not None and option.keyword == "shape":
                shape = option.value
            elif option is not None:
                options.append(option)
        keys = [str(option.value) for option, _ in node.pairs]
        is_there = shape is not None or set(keys) & set(SHAPES)
        if not is_there and not suggest("shape", keys):
            help_ = f"write `{shown(name)}: {{shape: [28, 28, 1], dtype: float32}}`"
            message = f"the input `{shown(name)}` has no shape"
            findings.fault("KS108", message, key.span, help_)
    else:
        help_ = f"write `{shown(name)}: [28, 28, 1]`, without the batch axis"
        findings.wrong(f"the input `{shown(name)}`", "a shape", node, help_)
    return InputDeclaration(
        name, shape, tuple(options), key.span, key.span != node.span
    )


def _with_shape(findings: Findings, key: Scalar, node: Table) -> Table:
    """Take a list under another key for the shape, where there is none."""
    lists = [pair for pair in node.pairs if isinstance(pair[1], Items)]
    if len(lists) != 1 or lists[0][0].value in _OF_ONE:
        return node
    keys = [str(name.value) for name, _ in node.pairs]
    if set(keys) & set(SHAPES) or suggest("shape", keys):
        return node
    word, value = lists[0]
    message = (
        f"the input `{shown(str(key.value))}` has no key `{shown(str(word.value))}`"
    )
    findings.fault("KS106", message, word.span, "the key of its sizes is `shape`")
    pairs = (
        (Scalar("shape", name.span) if name is word else name, each)
        for name, each in node.pairs
    )
    return Table(tuple(pairs), node.span)
