"""What `inputs` was meant as where one input is written as several, or the reverse."""

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
_REST = re.compile(r"(\d+|None)?\s*\)?")


class IntendedInputs(NamedTuple):
    """What `inputs` was meant as.

    Attributes:
        node: What stands for it from here on.
        faults: The findings about it.
        names: The inputs' names, where nothing is known of their shapes.
    """

    node: Node
    faults: tuple[Diagnostic, ...] = ()
    names: tuple[Scalar, ...] = ()


def meant_inputs(
    node: Node, params: Collection[str], layers: Node | None
) -> IntendedInputs:
    """Find what `inputs` was meant as.

    Args:
        node: What stands under `inputs`.
        params: The names of the params, which may be sizes.
        layers: What stands under `layers`.
    """
    if isinstance(node, Items):
        return _several(node, params)
    if not isinstance(node, Table):
        return IntendedInputs(node)
    joined, faults = _joined(node)
    options = [key for key, value in joined.pairs if _says_something(key, value)]
    rest = [
        pair
        for pair in joined.pairs
        if not any(pair[0] is option for option in options)
    ]
    if options and all(key.value in SHAPES for key, _ in rest):
        return _unnamed(joined, options[0])
    if options:
        return _misplaced(joined, options, rest)
    if len(rest) == 1 and rest[0][0].value in SHAPES and not _is_name(rest[0], layers):
        return _unnamed(joined, rest[0][0])
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
    """Read a list of what was meant as several inputs."""
    items = node.items
    message = "`inputs` takes a shape, or a mapping of names and shapes, not a list of "
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
        # What the layers call them is not known: no shape is followed from here on.
        return IntendedInputs(node, (fault,), keys)
    if all(isinstance(item, Table) and item.pairs for item in items):
        table = Table(tuple(_merged(items)), node.span)
        fault = _fault(f"{message}mappings", node, f"write `inputs: {written(table)}`")
        return IntendedInputs(table, (fault,))
    words = [item for item in items if isinstance(item, Scalar) and _is_word(item)]
    if len(words) == len(items) and not any(word.value in params for word in words):
        shapes = ", ".join(f"{word.value}: [28, 28, 1]" for word in words)
        help_ = f"give each its shape: `inputs: {{{shapes}}}`"
        return IntendedInputs(
            node, (_fault(f"{message}names", node, help_),), tuple(words)
        )
    return IntendedInputs(node)


def _merged(items: Sequence[Node]) -> Iterator[Pair]:
    """Make one mapping of a list of them: `{x: [4]}`, `{name: x, shape: [4]}`."""
    for item in items:
        pairs = item.pairs if isinstance(item, Table) else ()
        name = next((value for key, value in pairs if key.value == "name"), None)
        if not isinstance(name, Scalar):
            yield from pairs
            continue
        rest = tuple(pair for pair in pairs if pair[0].value != "name")
        is_shape = [key.value for key, _ in rest] == ["shape"]
        yield Scalar(name.value, name.span), (
            rest[0][1] if is_shape else Table(rest, item.span)
        )


def _is_word(node: Scalar) -> bool:
    text = node.value
    return isinstance(text, str) and text.isidentifier() and text != "None"


def _says_something(key: Scalar, node: Node) -> bool:
    """Return whether a key says something of an input, rather than names one."""
    is_word = key.value in OPTIONS or key.value == "name"
    return is_word and isinstance(node, Scalar) and node.value is not None


def _is_name(pair: Pair, layers: Node | None) -> bool:
    """Return whether an input is called `shape`: it is a mapping, or layers use it."""
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
    """Read what is said of one input that has no name."""
    name = next((value for key, value in table.pairs if key.value == "name"), None)
    shape, options = _shape_and_options(table)
    what = shown(str(key.value))
    message = f"`{what}` is no input, but says something of one"
    if shape is None:
        two = Scalar(28, table.span)
        text = written(_one_input(Items((two, two), table.span), options))
        help_ = f"name the input, and say its shape: `inputs: {{images: {text}}}`"
        only = Scalar("inputs", table.span)
        return IntendedInputs(table, (_fault(message, key, help_),), (only,))
    if not options and name is None:
        help_ = f"write `inputs: {written(shape)}`"
        if key.value == "shape":
            way = f"`shape: {{shape: {written(shape)}}}`"
            help_ += f"; an input of the name `shape` is written {way}"
        return IntendedInputs(shape, (_fault(message, key, help_),))
    called = name if isinstance(name, Scalar) else Scalar("inputs", table.span)
    input_name = "images" if called is not name else str(called.value)
    inner = _one_input(shape, options)
    text = written(inner if options else shape)
    help_ = f"name the input: `inputs: {{{input_name}: {text}}}`"
    whole = Table(((called, inner),), table.span)
    return IntendedInputs(whole, (_fault(message, key, help_),))


def _shape_and_options(table: Table) -> tuple[Items | None, list[Pair]]:
    """Return the shape without the batch axis, and what else is said of an input."""
    keys = {str(key.value): value for key, value in table.pairs}
    options = [(key, value) for key, value in table.pairs if key.value in OPTIONS]
    word = next((key for key in SHAPES if key in keys), "")
    shape = _sizes(keys[word]) if word else None
    if not isinstance(shape, Items):
        return None, options
    if word in WITH_BATCH and shape.items:
        batch, *sizes = shape.items
        shape = Items((*sizes,), shape.span)
        if isinstance(batch, Scalar) and batch.value not in (None, "$None"):
            options.append((Scalar("batch_size", batch.span), batch))
    return shape, options


def _one_input(shape: Items, options: Sequence[Pair]) -> Table:
    return Table(((Scalar("shape", shape.span), shape), *options), shape.span)


def _sizes(node: Node) -> Node:
    """Read a shape that is written as a number or as a tuple of Python."""
    if not isinstance(node, Scalar) or node.value is None:
        return node
    text = str(node.value)
    sizes = [None if size == "None" else int(size) for size in _SIZE.findall(text)]
    if not sizes or re.sub(_SIZE, "", text).strip("() ,"):
        return node
    return Items(tuple(Scalar(size, node.span) for size in sizes), node.span)


def _misplaced(
    table: Table, options: Sequence[Scalar], rest: Sequence[Pair]
) -> IntendedInputs:
    """Read options that stand beside named inputs."""
    key, value = rest[0]
    first = options[0]
    message = f"`{shown(str(first.value))}` is no input, but says something of one"
    kept = tuple(
        pair for pair in table.pairs if any(pair[0] is option for option in options)
    )
    inner = (
        value.pairs
        if isinstance(value, Table)
        else ((Scalar("shape", key.span), value),)
    )
    whole = Table((*inner, *kept), table.span)
    help_ = f"write it below its input: `{shown(str(key.value))}: {written(whole)}`"
    pairs = ((key, whole), *rest[1:]) if len(rest) == 1 else (*rest,)
    return IntendedInputs(
        Table(tuple(pairs), table.span), (_fault(message, first, help_),)
    )


def _joined(node: Table) -> tuple[Table, list[Diagnostic]]:
    """Put sizes into one shape that YAML has cut at their commas: `{x: 8, 8, 3}`."""
    pairs: list[Pair] = []
    for key, value in node.pairs:
        before = pairs[-1][1] if pairs else None
        is_rest = isinstance(value, Scalar) and value.value is None
        sizes = _open_sizes(before) if is_rest and before is not None else None
        if sizes is None or not _REST.fullmatch(str(key.value)):
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
    """Return the sizes to which a comma may have added more."""
    if isinstance(node, Items):
        return node.items
    if not isinstance(node, Scalar):
        return None
    if node.value is None or type(node.value) is int:
        return (node,)
    text = str(node.value).strip("( ")
    return (Scalar(int(text), node.span),) if text.isdecimal() else None
