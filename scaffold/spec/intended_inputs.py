"""Detection of one input written as several, or several written as one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.inputs import OPTIONS, SHAPES, WITH_BATCH
from scaffold.spec.limits import shown
from scaffold.spec.node_text import written
from scaffold.spec.values import Pair

_SIDES = ("left", "right")
_SIZE = re.compile(r"\d+|None")
_NEXT_SIZE = re.compile(r"(\d+|None)?\s*\)?")


class IntendedInputs(NamedTuple):
    """The intended meaning of `inputs`.

    Attributes:
        node: The node to use in its place.
        faults: The findings about it.
        names: The names of the inputs if their shapes are unknown.
    """

    node: Node
    faults: tuple[Diagnostic, ...] = ()
    names: tuple[Scalar, ...] = ()


def meant_inputs(
    node: Node, params: Collection[str], layers: Node | None
) -> IntendedInputs:
    """Return the intended meaning of `inputs`.

    Args:
        node: The value of `inputs`.
        params: The names of the params; a size may be one of them.
        layers: The value of `layers`.
    """
    if isinstance(node, Items):
        return _several(node, params)
    if not isinstance(node, Table):
        return IntendedInputs(node)
    joined, faults = _joined(node)
    options = [key for key, value in joined.pairs if _is_option(key, value)]
    named = [
        pair
        for pair in joined.pairs
        if not any(pair[0] is option for option in options)
    ]
    if options and all(key.value in SHAPES for key, _ in named):
        return _unnamed(joined, options[0])
    if options:
        return _misplaced(joined, options, named)
    is_single = len(named) == 1 and named[0][0].value in SHAPES
    if is_single and not _is_name(named[0], layers):
        return _unnamed(joined, named[0][0])
    inner = []
    for key, value in joined.pairs:
        if isinstance(value, Table):
            value, more = _joined(value)
            faults += more
        inner.append((key, value))
    return IntendedInputs(Table(tuple(inner), node.span), tuple(faults))


def _fault(message: str, node: Node, help_: str) -> Diagnostic:
    return Diagnostic("KS107", message, node.span, help_)


def _several(node: Items, params: Collection[str]) -> IntendedInputs:
    """Read a list that was meant as several inputs."""
    items = node.items
    message = (
        "`inputs` must be a shape, or a mapping of names and shapes, not a list of "
    )
    if all(isinstance(item, Items) for item in items):
        if len(items) == 1:
            help_ = f"write `inputs: {written(items[0])}`"
            return IntendedInputs(items[0], (_fault(f"{message}lists", node, help_),))
        numbered = [f"input_{at + 1}" for at in range(len(items))]
        names = _SIDES if len(items) == 2 else numbered
        keys = tuple(
            Scalar(name, item.span) for name, item in zip(names, items, strict=True)
        )
        table = Table(tuple(zip(keys, items, strict=True)), node.span)
        fault = _fault(f"{message}lists", node, f"write `inputs: {written(table)}`")
        # The names that the layers use are not known, so shapes are not inferred.
        return IntendedInputs(node, (fault,), keys)
    if all(isinstance(item, Table) and item.pairs for item in items):
        table = Table(tuple(_merged(items)), node.span)
        fault = _fault(f"{message}mappings", node, f"write `inputs: {written(table)}`")
        return IntendedInputs(table, (fault,))
    input_names = [
        item for item in items if isinstance(item, Scalar) and _is_identifier(item)
    ]
    are_names = len(input_names) == len(items)
    if are_names and not any(name.value in params for name in input_names):
        shapes = ", ".join(f"{name.value}: [28, 28, 1]" for name in input_names)
        help_ = f"give each input a shape: `inputs: {{{shapes}}}`"
        return IntendedInputs(
            node, (_fault(f"{message}names", node, help_),), tuple(input_names)
        )
    return IntendedInputs(node)


def _merged(items: Sequence[Node]) -> Iterator[Pair]:
    """Merge a list of mappings such as `{x: [4]}` and `{name: x, shape: [4]}`."""
    for item in items:
        pairs = item.pairs if isinstance(item, Table) else ()
        name = next((value for key, value in pairs if key.value == "name"), None)
        if not isinstance(name, Scalar):
            yield from pairs
            continue
        options = tuple(pair for pair in pairs if pair[0].value != "name")
        is_shape = [key.value for key, _ in options] == ["shape"]
        yield (
            Scalar(name.value, name.span),
            (options[0][1] if is_shape else Table(options, item.span)),
        )


def _is_identifier(node: Scalar) -> bool:
    text = node.value
    return isinstance(text, str) and text.isidentifier() and text != "None"


def _is_option(key: Scalar, node: Node) -> bool:
    """Return whether a key is an option of an input, not the name of an input."""
    is_known = key.value in OPTIONS or key.value == "name"
    return is_known and isinstance(node, Scalar) and node.value is not None


def _is_name(pair: Pair, layers: Node | None) -> bool:
    """Return whether `shape` is an input's name: a mapping, or used by layers."""
    return isinstance(pair[1], Table) or _uses(layers, str(pair[0].value))


def _uses(node: Node | None, name: str) -> bool:
    """Return whether an entry is called on a name."""
    if isinstance(node, Items):
        return any(_uses(item, name) for item in node.items)
    if isinstance(node, Table):
        return any(
            _uses(value, name) or (key.value == "from" and name in written(value))
            for key, value in node.pairs
        )
    text = str(node.value) if node is not None else ""
    return re.search(rf"<-.*\b{name}\b", text) is not None


def _unnamed(table: Table, key: Scalar) -> IntendedInputs:
    """Read the options of a single input without a name."""
    name = next((value for key, value in table.pairs if key.value == "name"), None)
    shape, options = _shape_and_options(table)
    what = shown(str(key.value))
    message = f"`{what}` is a key of an input, not the name of an input"
    if shape is None:
        two = Scalar(28, table.span)
        text = written(_one_input(Items((two, two), table.span), options))
        help_ = f"name the input, and write its shape: `inputs: {{images: {text}}}`"
        only = Scalar("inputs", table.span)
        return IntendedInputs(table, (_fault(message, key, help_),), (only,))
    if not options and name is None:
        help_ = f"write `inputs: {written(shape)}`"
        if key.value == "shape":
            named = f"`shape: {{shape: {written(shape)}}}`"
            help_ += f"; if `shape` is the name of the input, write {named}"
        return IntendedInputs(shape, (_fault(message, key, help_),))
    called = name if isinstance(name, Scalar) else Scalar("inputs", table.span)
    input_name = "images" if called is not name else str(called.value)
    inner = _one_input(shape, options)
    text = written(inner if options else shape)
    help_ = f"name the input: `inputs: {{{input_name}: {text}}}`"
    whole = Table(((called, inner),), table.span)
    return IntendedInputs(whole, (_fault(message, key, help_),))


def _shape_and_options(table: Table) -> tuple[Items | None, list[Pair]]:
    """Return the shape of an input without the batch axis, and its options."""
    keys = {str(key.value): value for key, value in table.pairs}
    options = [(key, value) for key, value in table.pairs if key.value in OPTIONS]
    shape_key = next((key for key in SHAPES if key in keys), "")
    shape = _sizes(keys[shape_key]) if shape_key else None
    if not isinstance(shape, Items):
        return None, options
    if shape_key in WITH_BATCH and shape.items:
        batch, *sizes = shape.items
        shape = Items((*sizes,), shape.span)
        if isinstance(batch, Scalar) and batch.value not in (None, "$None"):
            options.append((Scalar("batch_size", batch.span), batch))
    return shape, options


def _one_input(shape: Items, options: Sequence[Pair]) -> Table:
    return Table(((Scalar("shape", shape.span), shape), *options), shape.span)


def _sizes(node: Node) -> Node:
    """Read a shape that is written as a number or as a Python tuple."""
    if not isinstance(node, Scalar) or node.value is None:
        return node
    text = str(node.value)
    sizes = [None if size == "None" else int(size) for size in _SIZE.findall(text)]
    if not sizes or re.sub(_SIZE, "", text).strip("() ,"):
        return node
    return Items(tuple(Scalar(size, node.span) for size in sizes), node.span)


def _misplaced(
    table: Table, options: Sequence[Scalar], inputs: Sequence[Pair]
) -> IntendedInputs:
    """Read options that are written beside named inputs."""
    key, value = inputs[0]
    first = options[0]
    name = shown(str(first.value))
    message = f"`{name}` is a key of an input, not the name of an input"
    moved = tuple(
        pair for pair in table.pairs if any(pair[0] is option for option in options)
    )
    inner = (
        value.pairs
        if isinstance(value, Table)
        else ((Scalar("shape", key.span), value),)
    )
    whole = Table((*inner, *moved), table.span)
    help_ = f"write it below its input: `{shown(str(key.value))}: {written(whole)}`"
    pairs = ((key, whole),) if len(inputs) == 1 else (*inputs,)
    return IntendedInputs(
        Table(tuple(pairs), table.span), (_fault(message, first, help_),)
    )


def _joined(node: Table) -> tuple[Table, list[Diagnostic]]:
    """Join the sizes of a shape that YAML split at the commas: `{x: 8, 8, 3}`."""
    pairs: list[Pair] = []
    for key, value in node.pairs:
        before = pairs[-1][1] if pairs else None
        is_key_only = isinstance(value, Scalar) and value.value is None
        sizes = _open_sizes(before) if is_key_only and before is not None else None
        if sizes is None or not _NEXT_SIZE.fullmatch(str(key.value)):
            pairs.append((key, value))
            continue
        assert before is not None
        span = before.span._replace(end_line=key.span[3], end_column=key.span[4])
        text = str(key.value).strip("() ,")
        more = (Scalar(int(text) if text.isdecimal() else None, key.span),)
        pairs[-1] = pairs[-1][0], Items((*sizes, *(more if text else ())), span)
    old = {id(value) for _, value in node.pairs}
    faults = []
    for key, value in pairs:
        if id(value) not in old:
            name = shown(str(key.value))
            message = f"the sizes of `{name}` need brackets"
            faults.append(_fault(message, value, f"write `{name}: {written(value)}`"))
    return Table(tuple(pairs), node.span), faults


def _open_sizes(node: Node) -> tuple[Node, ...] | None:
    """Return the sizes that the text after a comma may continue."""
    if isinstance(node, Items):
        return node.items
    if not isinstance(node, Scalar):
        return None
    if node.value is None or type(node.value) is int:
        return (node,)
    text = str(node.value).strip("( ")
    return (Scalar(int(text), node.span),) if text.isdecimal() else None
