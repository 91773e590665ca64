"""KS303: a layer that is called on too few, too many or the wrong tensors."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import examples, layers
from scaffold.checks.block_call import block_fault, passed_twice
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext, is_usable
from scaffold.checks.spec_text import line
from scaffold.diagnostics import Code, Diagnostic, did_you_mean, suggest
from scaffold.ir.types import (
    CallInput,
    Graph,
    Imported,
    Input,
    Node,
    Object,
    TensorRef,
)


class KS303(Code):
    """A layer is called on the wrong number of tensors.

    What it does:
        Reports merges of a single tensor, layers and blocks called on too many or too
        few tensors, cells outside a recurrent layer, layers that take no tensor, and
        unknown call arguments. Both layers of a choice must take the tensors; a repeat
        passes one tensor from layer to layer.

    Why:
        Keras would fail when it calls the layer.

    Example:
        inputs: [8, 4]
        layers:
          - LSTMCell(16)

    Instead:
        inputs: [8, 4]
        layers:
          - RNN(LSTMCell(16))
    """

    name = "tensor-count"


_NUMBERS = {2: "two", 3: "three", 4: "four"}


@rule(KS303)
def tensor_count(context: RuleContext) -> Iterator[Diagnostic]:
    """Report calls on too few or too many tensors, and unknown call arguments."""
    for node in context.graph.nodes:
        faults = [*_faults(node, context)]
        yield from faults
        if node.is_repeat and not faults:
            yield from _not_passed_on(node.passed[0])


def _faults(node: Node, context: RuleContext) -> Iterator[Diagnostic]:
    """Report what is wrong with the call of a node, for both layers of a choice."""
    for layer in node.layers:
        message, help_ = _fault(node, layer.target)
        span = layer.name_span if node.reused is None else node.span
        if not message:
            continue
        if isinstance(layer.target, KerasCallable):
            if _is_attention(layer):
                help_ = _attending(node, layer, context) or help_
            if not help_.startswith("did you mean"):
                help_ = _by_order(node, layer, layer.target, context) or help_
        if node.choice is not None and span == node.choice.span:
            choice = f"{examples.MERGE_CALL} if deep else {examples.JOIN_CALL}"
            help_ = f"add the layer for the other case: `{choice}`"
        yield Diagnostic("KS303", message, span, help_)


def _is_attention(layer: Object) -> bool:
    target = layer.target
    return isinstance(target, KerasCallable) and target.name in layers.ATTENTION


def _attending(node: Node, layer: Object, context: RuleContext) -> str:
    """Describe the call of attention on the only tensor that an entry is called on."""
    passed = [
        call_input
        for call_input in node.passed
        if call_input.keyword in ("", "query", "value")
    ]
    if len(passed) != 1 or len(passed[0].tensors) != 1:
        return ""
    (tensor,) = passed[0].tensors
    named = context.graph.step(tensor.node)
    if named is None:
        return ""
    is_unnamed = _is_unnamed(named)
    name = _written(tensor, "x" if is_unnamed else named.name)
    keywords = [f"{other.keyword}=..." for other in node.passed if other not in passed]
    twice = ", ".join((name, name, *keywords))
    help_ = f"write `{line(layer)} <- {twice}`"
    if not is_unnamed:
        return help_
    assert isinstance(named, Node)
    return f"name the previous entry, `x = {line(named.layer)}`, and {help_}"


def _by_order(
    node: Node, layer: Object, target: KerasCallable, context: RuleContext
) -> str:
    """Describe the call of a layer on as many tensors, in order, as it takes."""
    tensors = [tensor for passed in node.passed for tensor in passed.tensors]
    has_states = any(argument.name == "initial_state" for argument in target.call)
    if target.takes not in ("list", "several") and not has_states:
        return ""
    if node.is_repeat or len(tensors) < 2:
        return ""
    names = []
    for tensor in tensors:
        named = context.graph.step(tensor.node)
        if named is None or _is_unnamed(named):
            return ""
        names.append(_written(tensor, named.name))
    if not all(passed.tensors for passed in node.passed):
        return ""
    if has_states:
        first, *states = names
        return f"write `{line(layer)} <- {first}, initial_state=[{', '.join(states)}]`"
    most = target.most or (len(target.tensors) if target.takes == "several" else None)
    return f"write `{line(layer)} <- {', '.join(names[:most])}`"


def _is_unnamed(named: Input | Node) -> bool:
    return isinstance(named, Node) and named.name_span == named.layer.name_span


def _written(tensor: TensorRef, name: str) -> str:
    """Return the name of a tensor in an entry."""
    return name if tensor.output is None else f"{name}[{tensor.output}]"


def _not_passed_on(first: CallInput) -> Iterator[Diagnostic]:
    """Report a repeat whose result cannot be passed to the next call."""
    if not isinstance(first.value, TensorRef):
        message = "the first argument of a repeat must be one tensor"
        help_ = "each layer of a repeat is called on the output of the previous one"
        yield Diagnostic("KS303", message, first.span, help_)


def _fault(
    node: Node, target: KerasCallable | Graph | Imported | None
) -> tuple[str, str]:
    """Describe what is wrong with a call, and how to fix it; `""` if it is right."""
    if isinstance(target, Graph):
        return block_fault(node, target)
    if not isinstance(target, KerasCallable) or not is_usable(target):
        return "", ""
    name = target.name
    if target.takes == "none":
        help_ = "leave it out: the spec's `inputs` create it"
        return f"`{name}` takes no tensor", help_
    if "states" in target.tensors:
        help_ = f"put it into a recurrent layer: `{examples.RUNNER}({name}(...))`"
        return f"`{name}` is a cell: it is called on a step and its states", help_
    if twice := passed_twice(node, () if target.takes == "list" else target.tensors):
        return f"`{name}` is called with `{twice}` twice", "keep one of them"
    if target.registry == "ops":
        return "", ""
    known = (*target.tensors, *(argument.name for argument in target.call), "training")
    for passed in node.passed:
        if passed.keyword and passed.keyword not in known:
            near = suggest(passed.keyword, known)
            help_ = did_you_mean(near[:1]) or f"it takes {_list(known)}"
            return f"`{name}` has no call argument `{passed.keyword}`", help_
    return _count(node, target)


def _count(node: Node, target: KerasCallable) -> tuple[str, str]:
    name = target.name
    count = sum(
        len(call_input.tensors) for call_input in node.passed if not call_input.keyword
    )
    first = target.tensors[0] if target.tensors else ""
    keywords = {call_input.keyword for call_input in node.passed if call_input.keyword}
    if target.takes == "list":
        least = 2
        if count < least:
            help_ = f"name them: `{name}() <- left, right`"
            return f"`{name}` merges several tensors, but is called on {count}", help_
        if target.most and count > target.most:
            most = _NUMBERS[target.most]
            help_ = f"name {most}, and join the others in a separate entry"
            taken = most if target.most == least else f"two or {most}"
            return f"`{name}` takes {taken} tensors, but is called on {count}", help_
    elif target.takes == "several":
        missing = [
            tensor
            for tensor in target.tensors[count : _needed(target)]
            if tensor not in keywords
        ]
        if missing:
            wanted = target.tensors[: _needed(target)]
            help_ = f"write `<- {', '.join(f'{tensor}=...' for tensor in wanted)}`"
            missed = _list(tuple(missing))
            return f"`{name}` is called without {missed}", help_
        if count > len(target.tensors):
            wanted = target.tensors
            help_ = f"write `<- {', '.join(f'{tensor}=...' for tensor in wanted)}`"
            return f"`{name}` takes {_list(wanted)}, not {count} tensors", help_
    elif count != 1 and first not in keywords:
        help_ = f"merge them first, with `{examples.JOIN}` or `{examples.MERGE}`"
        if count == 0:
            help_ = f"name the tensor that it is called on: `{name}(...) <- x`"
        return f"`{name}` takes one tensor, but is called on {count}", help_
    return "", ""


def _needed(target: KerasCallable) -> int:
    """Return the number of required tensors: that of the smallest example."""
    return len(target.example.shapes) if target.example else len(target.tensors)


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
