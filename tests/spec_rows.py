"""The rows of the tables in docs/spec.md, and the test cases for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from scaffold.ir.order import calls
from scaffold.spec import Spec
from scaffold.spec import types as spec


class Row(NamedTuple):
    """A row of the tables in docs/spec.md.

    Attributes:
        line: Cases in line notation, or with any entries.
        keyed: Cases in keyed notation.
        uses: Returns whether a spec uses the feature of the row.
    """

    line: tuple[str, ...]
    keyed: tuple[str, ...]
    uses: Callable[[Spec], bool]

    @property
    def cases(self) -> tuple[str, ...]:
        """All cases of the row."""
        return (*self.line, *self.keyed)


def entries(results: Spec) -> Iterator[spec.Entry]:
    """Return all entries, including those of blocks."""
    for block in results.blocks:
        yield from block.layers
    yield from results.layers


def some_entry(holds: Callable[[spec.Entry], object]) -> Callable[[Spec], bool]:
    """Return a condition that any entry may satisfy."""
    return lambda result: any(holds(entry) for entry in entries(result))


def some_source(holds: Callable[[spec.FromItem], object]) -> Callable[[Spec], bool]:
    """Return a condition that any call input may satisfy."""
    return some_entry(lambda entry: any(map(holds, entry.sources or ())))


def some_block(holds: Callable[[spec.Block], object]) -> Callable[[Spec], bool]:
    """Return a condition that any block may satisfy."""
    return lambda result: any(map(holds, result.blocks))


def is_reference(source: spec.FromItem) -> bool:
    """Return whether a call input is a single tensor."""
    return isinstance(source.value, spec.TensorReference)


def is_constant(source: spec.FromItem) -> bool:
    """Return whether a call input is not a tensor."""
    return not isinstance(source.value, spec.TensorReference | spec.ReferenceList)


def output_of(source: spec.FromItem) -> int | None:
    """Return which of several outputs a call input is."""
    value = source.value
    return value.output if isinstance(value, spec.TensorReference) else None


def in_condition(*signs: str) -> Callable[[spec.Entry], bool]:
    """Return a condition that is met if an `if` uses all of some operators."""

    def holds(entry: spec.Entry) -> bool:
        seen = set()
        stack = [entry.condition]
        while stack:
            item = stack.pop()
            if isinstance(item, spec.OperationExpression):
                seen.add(item.operator)
                stack += item.operands
        return seen.issuperset(signs)

    return holds


def loop_of(names: int) -> Callable[[Spec], bool]:
    """Return a condition that is met by a loop over so many names."""
    return some_entry(
        lambda item: item.loop is not None and len(item.loop.names) == names
    )


def named(spec: Spec, name: str) -> bool:
    """Return whether an entry itself calls something with a name."""
    return any(entry.call.name == name for entry in entries(spec))


def uses_blocks_in(spec: Spec, *, inside: bool) -> bool:
    """Return whether blocks are called, by entries themselves or inside arguments."""
    names = {block.name for block in spec.blocks}
    return any(
        (call is not entry.call) == inside and call.name in names
        for entry in entries(spec)
        for call in calls(entry)
    )


def reuses_block(results: Spec) -> bool:
    """Return whether a block is reused."""
    blocks = {block.name for block in results.blocks}
    of_blocks = {entry.name for entry in entries(results) if entry.call.name in blocks}
    again = {
        argument.value.name
        for entry in entries(results)
        if entry.call.name == "reuse"
        for argument in entry.call.arguments
        if isinstance(argument.value, spec.Name)
    }
    return bool(of_blocks & again)


def uses_block_in_block(spec: Spec) -> bool:
    """Return whether a block uses another block."""
    names = {block.name for block in spec.blocks}
    inner = [entry for block in spec.blocks for entry in block.layers]
    return any(entry.call.name in names for entry in inner)


KEYS = {
    "`$schema`": Row(("chains/row_schema",), (), lambda result: True),
    "`name`": Row(
        ("chains/line", "graphs/wide_deep", "chains/row_schema"),
        (),
        lambda result: result.name in ("notations", "WideDeep", "row_schema"),
    ),
    "`description`": Row(
        ("chains/recurrent",), (), lambda results: "\n\n" in results.description
    ),
    "`params`": Row(("chains/line",), (), lambda results: len(results.params) > 1),
    "`inputs`": Row(
        ("chains/line",), (), lambda results: not results.inputs[0].is_named
    ),
    "`imports`": Row(("chains/own_layer",), (), lambda result: bool(result.imports)),
    "`layers`": Row(("chains/line",), (), lambda result: bool(result.layers)),
    "`compile`": Row(
        ("chains/training",), (), lambda result: result.compile is not None
    ),
    "`train`": Row(
        ("chains/training", "chains/from_csv"),
        (),
        lambda result: result.train is not None,
    ),
    "`outputs`": Row(
        ("graphs/row_output_name", "graphs/two_outputs", "graphs/wide_deep"),
        (),
        lambda result: result.outputs is not None,
    ),
    "`blocks`": Row(("graphs/row_block",), (), lambda result: bool(result.blocks)),
    "`override`": Row(
        ("beyond/row_override",), (), lambda results: len(results.override) == 5
    ),
}
"""The keys of a spec, as in `docs/spec.md`."""

ENTRIES = {
    "`units: 64`": Row(
        ("chains/line",),
        (),
        lambda result: not any(param.description for param in result.params),
    ),
    "`units: {default: 64, description: Units of each hidden layer.}`": Row(
        ("chains/training", "chains/row_block_chain"),
        ("chains/row_block_keyed",),
        lambda result: any(param.description for param in result.params),
    ),
    "`filters: {description: Filters of both convolutions.}`": Row(
        ("chains/row_block_chain",),
        ("chains/row_block_keyed",),
        some_block(
            lambda item: [
                param
                for param in item.params
                if param.description and param.default is None
            ]
        ),
    ),
    "`Add() <- a, b`": Row(
        ("graphs/row_from",),
        ("graphs/row_from_keyed",),
        some_entry(
            lambda item: [s.keyword for s in item.sources or ()] == [None, None]
        ),
    ),
    "`MultiHeadAttention(4, 16) <- query=x, value=y`": Row(
        ("graphs/row_from",),
        ("graphs/row_from_keyed",),
        some_source(
            lambda argument: argument.keyword == "query" and is_reference(argument)
        ),
    ),
    "`<- memory[0]`": Row(
        ("graphs/row_from",),
        ("graphs/row_from_keyed",),
        some_source(lambda item: output_of(item) is not None),
    ),
    "`<- x, x, use_causal_mask=True`": Row(
        ("graphs/row_from",), ("graphs/row_from_keyed",), some_source(is_constant)
    ),
    "`<- x, initial_state=[h, c]`": Row(
        ("graphs/row_from",),
        ("graphs/row_from_keyed",),
        some_source(lambda item: isinstance(item.value, spec.ReferenceList)),
    ),
    "`ops.mean(axis=1)`": Row(
        ("graphs/row_ops",),
        ("graphs/row_ops_keyed",),
        lambda result: named(result, "ops.mean"),
    ),
    "`reuse(encoder) <- right`": Row(
        ("graphs/row_reuse",),
        ("graphs/row_reuse_keyed",),
        lambda result: named(result, "reuse"),
    ),
    "`Dense(8) * 3`": Row(
        ("chains/row_repeat",),
        ("chains/row_repeat_keyed",),
        some_entry(lambda item: isinstance(item.repeat, spec.Literal)),
    ),
    "`Dense(units) for units in [64, 32]`": Row(
        ("chains/row_for",), ("chains/row_for_keyed",), loop_of(1)
    ),
    "`Conv(f, s) for f, s in [(64, 1), (128, 2)]`": Row(
        ("chains/row_for",), ("chains/row_for_keyed",), loop_of(2)
    ),
    "`Dense(8) if wide else Dense(4)`": Row(
        ("chains/row_if",),
        ("chains/row_if_keyed",),
        some_entry(
            lambda item: item.condition is not None and item.otherwise is not None
        ),
    ),
    "`recurse(Cell()) <- nodes=h, children=c`": Row(
        ("beyond/row_recurse", "beyond/forest"),
        ("beyond/row_recurse_keyed",),
        lambda result: named(result, "recurse"),
    ),
    "`loop(Step(), until=Halt(), max_steps=8)`": Row(
        ("beyond/row_loop", "beyond/forest"),
        ("beyond/row_loop_keyed",),
        lambda result: named(result, "loop"),
    ),
}
"""The forms of entries, as in `docs/spec.md`."""

MORE = {
    "an entry's name": Row(
        ("chains/line",), ("chains/keyed",), some_entry(lambda item: item.name)
    ),
    "an input with options": Row(
        ("chains/row_input_options",), (), lambda result: bool(result.inputs[0].options)
    ),
    "several inputs": Row(
        ("graphs/siamese",),
        ("graphs/keyed_graph",),
        lambda results: len(results.inputs) > 1,
    ),
    "a list of outputs": Row(
        ("graphs/two_outputs",),
        (),
        lambda result: result.outputs is not None and result.outputs.is_list,
    ),
    "a mapping of outputs": Row(
        ("graphs/wide_deep",),
        (),
        lambda result: result.outputs is not None and result.outputs.keys is not None,
    ),
    "a count that is a param": Row(
        ("chains/row_repeat", "graphs/row_repeat_second_tensor"),
        ("chains/row_repeat_keyed", "chains/row_block_keyed"),
        some_entry(lambda item: isinstance(item.repeat, spec.Name)),
    ),
    "a count that is computed": Row(
        ("chains/row_repeat",),
        ("chains/row_repeat_keyed",),
        some_entry(lambda item: isinstance(item.repeat, spec.OperationExpression)),
    ),
    "a row with a name": Row(
        ("chains/row_repeat", "chains/row_for"),
        ("chains/row_repeat_keyed", "chains/row_for_keyed"),
        some_entry(lambda item: item.name and (item.repeat or item.loop)),
    ),
    "a row on several tensors": Row(
        ("graphs/row_repeat_second_tensor",),
        (),
        some_entry(lambda item: item.repeat and len(item.sources or ()) > 1),
    ),
    "a choice without `else`": Row(
        ("chains/row_if",),
        ("chains/row_if_keyed", "chains/row_block_keyed"),
        some_entry(lambda item: item.condition is not None and item.otherwise is None),
    ),
    "a condition with `and`, `not` and a comparison": Row(
        ("chains/row_if",),
        ("chains/row_if_keyed",),
        some_entry(in_condition("and", "not", ">")),
    ),
    "a choice of operations": Row(
        ("graphs/row_if_ops",),
        (),
        some_entry(lambda item: item.condition and item.call.name.startswith("ops.")),
    ),
    "a block's description": Row(
        ("graphs/row_block",),
        ("chains/row_block_keyed",),
        some_block(lambda item: item.description),
    ),
    "a block's param without default": Row(
        ("chains/row_block_chain",),
        ("chains/row_block_keyed",),
        some_block(lambda item: [p for p in item.params if p.default is None]),
    ),
    "a block's param with a default": Row(
        ("graphs/row_block",),
        ("chains/row_block_keyed",),
        some_block(lambda item: [p for p in item.params if p.default is not None]),
    ),
    "a block with several inputs": Row(
        ("graphs/row_block_inputs",), (), some_block(lambda item: len(item.inputs) > 1)
    ),
    "a block with a list of outputs": Row(
        ("graphs/row_block_inputs",),
        (),
        some_block(lambda item: item.outputs and item.outputs.is_list),
    ),
    "a block with a mapping of outputs": Row(
        ("graphs/row_block_inputs",),
        (),
        some_block(lambda item: item.outputs and item.outputs.keys),
    ),
    "a block in a block": Row(
        ("graphs/row_block_nested", "chains/row_block_chain"),
        ("chains/row_block_keyed",),
        uses_block_in_block,
    ),
    "a block as an argument": Row(
        ("graphs/row_block_argument_graph", "chains/row_block_argument"),
        (),
        lambda result: uses_blocks_in(result, inside=True),
    ),
    "a block that is reused": Row(("graphs/row_block_reuse",), (), reuses_block),
    "a row of blocks": Row(
        ("chains/row_block_rows", "graphs/row_for_block"),
        (),
        lambda results: (
            uses_blocks_in(results, inside=False)
            and any(layer.loop or layer.repeat for layer in results.layers)
        ),
    ),
    "a layer of the user's own in a block": Row(
        ("graphs/row_imports_in_block",),
        (),
        lambda result: bool(result.imports and result.blocks),
    ),
    "a string with a `$` of its own": Row(
        (), ("chains/row_dollar",), lambda result: named(result, "TextVectorization")
    ),
}
"""Features in the text around the tables, and further forms of rows."""

ROWS = {**KEYS, **ENTRIES, **MORE}
