"""Check the tensors that a block is called on."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.diagnostics import did_you_mean, suggest
from scaffold.ir.types import Graph, Node, TensorRef


def block_fault(node: Node, block: Graph) -> tuple[str, str]:
    """Describe what is wrong with the call of a block, and how to fix it.

    Args:
        node: The entry that calls it.
        block: The block.

    Returns:
        The message and the help; `""` for both if the call is right.
    """
    name, inputs = block.name, [block_input.name for block_input in block.inputs]
    if not inputs:
        # Another finding reports the block itself.
        return "", ""
    takes = f"its {_what(inputs)}"
    for passed in node.passed:
        if passed.keyword and passed.keyword not in inputs:
            near = suggest(passed.keyword, inputs)
            help_ = did_you_mean(near[:1]) or takes
            return f"`{name}` has no input `{passed.keyword}`", help_
        if not isinstance(passed.value, TensorRef):
            message = (
                f"`{name}` takes a tensor for each input, not a list or a constant"
            )
            return message, takes
    if twice := passed_twice(node, inputs):
        return f"`{name}` is called with `{twice}` twice", "keep one of them"
    positional = sum(not passed.keyword for passed in node.passed)
    if positional > len(inputs):
        counted = "one tensor" if len(inputs) == 1 else f"{len(inputs)} tensors"
        return f"`{name}` takes {counted}, but is called on {positional}", takes
    keywords = {passed.keyword for passed in node.passed}
    missing = [
        input_name for input_name in inputs[positional:] if input_name not in keywords
    ]
    if missing:
        help_ = f"write `<- {', '.join(f'{input_name}=...' for input_name in inputs)}`"
        missed = ", ".join(f"`{input_name}`" for input_name in missing)
        return f"`{name}` is called without {missed}", help_
    return "", ""


def passed_twice(node: Node, names: Sequence[str]) -> str:
    """Return the argument that a call passes twice, or `""`."""
    positional = sum(not passed.keyword for passed in node.passed)
    seen = set(names[:positional])
    for passed in node.passed:
        if passed.keyword in seen:
            return passed.keyword
        if passed.keyword:
            seen.add(passed.keyword)
    return ""


def _what(inputs: Sequence[str]) -> str:
    if len(inputs) == 1:
        return f"only input is `{inputs[0]}`"
    return f"inputs are {', '.join(f'`{name}`' for name in inputs)}"
