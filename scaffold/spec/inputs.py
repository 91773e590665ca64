"""The inputs of a spec: one shape, or a mapping of names and shapes."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial

from scaffold.diagnostics import suggest
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.findings import Findings
from scaffold.spec.limits import shown
from scaffold.spec.types import CallArgument, InputDeclaration
from scaffold.spec.values import expression, keyword

OPTIONS = ("batch_size", "dtype", "optional", "ragged", "sparse")
"""The arguments of `keras.Input` other than the shape."""
WITH_BATCH = ("batch_shape", "batch_input_shape")
SHAPES = ("shape", "input_shape", *WITH_BATCH)
"""The names of the shape argument in Keras."""
_OF_ONE = frozenset((*OPTIONS, *SHAPES))
_SIZES = re.compile(r"[0-9]+(\s*[xX*\u00d7;]\s*[0-9]+)+")
_SHAPE = "write the shape without the batch axis: `inputs: [28, 28, 1]`"


def without_batch(sizes: str) -> str:
    """Return the help for a shape that starts with the batch axis.

    Args:
        sizes: The other axes, separated by commas.
    """
    help_ = f"write `[{sizes}]`, without the batch axis"
    return f"{help_}; for another first axis of any size, write `[null, {sizes}]`"


def read_inputs(
    findings: Findings,
    node: Node,
    params: Collection[str] = (),
    layers: Node | None = None,
) -> tuple[InputDeclaration, ...]:
    """Read `inputs`: one shape, or a mapping of names and shapes.

    Args:
        findings: Collects the faults.
        node: The value of `inputs`.
        params: The names of the params; a size may be one of them.
        layers: The value of `layers`, used to decide whether a key is an input's name.
    """
    if _is_ambiguous(node):
        # Imported only in this rare case, to keep start-up fast.
        from scaffold.spec.intended_inputs import meant_inputs

        meant = meant_inputs(node, params, layers)
        findings.add(*meant.faults)
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
        findings.add_error("KS302", "the model has no inputs", node.span, _SHAPE)
        return ()
    if isinstance(node, Table):
        return tuple(_input(findings, key, value) for key, value in node.pairs)
    wanted, help_ = "a shape, or a mapping of names and shapes", _SHAPE
    if _SIZES.fullmatch(str(node.value)):
        help_ = f"write `inputs: [{', '.join(re.findall('[0-9]+', str(node.value)))}]`"
    findings.unread.add("inputs")
    findings.wrong("`inputs`", wanted, node, help_)
    return ()


def _is_ambiguous(node: Node) -> bool:
    """Return whether a list may be several inputs, or a mapping a single input."""
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
    name, shape, shape_at = str(key.value), None, 0
    options: list[CallArgument] = []
    if isinstance(node, Items):
        shape = findings.attempt(partial(expression, node))
    elif isinstance(node, Table):
        for pair in _with_shape(findings, key, node).pairs:
            option = findings.attempt(partial(keyword, *pair))
            if option is not None and option.keyword == "shape":
                shape, shape_at = option.value, len(options)
            elif option is not None:
                options.append(option)
        keys = [str(option.value) for option, _ in node.pairs]
        has_shape = shape is not None or set(keys) & set(SHAPES)
        if not has_shape and not suggest("shape", keys):
            help_ = f"write `{shown(name)}: {{shape: [28, 28, 1], dtype: float32}}`"
            message = f"the input `{shown(name)}` has no shape"
            findings.add_error("KS108", message, key.span, help_)
    else:
        help_ = f"write `{shown(name)}: [28, 28, 1]`, without the batch axis"
        findings.wrong(f"the input `{shown(name)}`", "a shape", node, help_)
    return InputDeclaration(
        name, shape, tuple(options), key.span, key.span != node.span, shape_at
    )


def _with_shape(findings: Findings, key: Scalar, node: Table) -> Table:
    """Use a list under another key as the shape if there is no shape."""
    lists = [pair for pair in node.pairs if isinstance(pair[1], Items)]
    if len(lists) != 1 or lists[0][0].value in _OF_ONE:
        return node
    keys = [str(name.value) for name, _ in node.pairs]
    if set(keys) & set(SHAPES) or suggest("shape", keys):
        return node
    list_key, _ = lists[0]
    input_name, unknown = shown(str(key.value)), shown(str(list_key.value))
    message = f"the input `{input_name}` has no key `{unknown}`"
    help_ = "use the key `shape` for the sizes"
    findings.add_error("KS106", message, list_key.span, help_)
    pairs = (
        (Scalar("shape", name.span) if name is list_key else name, value)
        for name, value in node.pairs
    )
    return Table(tuple(pairs), node.span)
