"""What entries are called on: names become references to nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from scaffold.diagnostics import Diagnostic, Refused, Span, did_you_mean, suggest
from scaffold.ir.types import CallInput, Outputs, ParamRef, TensorRef, TensorRefs, Value
from scaffold.spec import types as spec


class TensorScope:
    """The tensors that are there so far, by their names.

    An entry sees the inputs and the entries before it, so there are no circles.
    """

    def __init__(self, inputs: Sequence[str], entries: Sequence[spec.Entry]) -> None:
        """Begin with the inputs; `entries` are those that are still to come."""
        self.known = {name: number for number, name in enumerate(inputs)}
        self.to_come = {entry.name for entry in entries if entry.name}
        self.inputs = list(inputs)
        self.last: int | None = None

    def add(self, name: str | None, node: int) -> None:
        """Add a node; `name` is its author's name for it, if there is one."""
        if name is not None and name not in self.known:
            self.known[name] = node
        self.last = node

    def find(self, reference: spec.TensorReference) -> TensorRef:
        """Find what a name means.

        Raises:
            Refused: Nothing before has that name.
        """
        number = self.known.get(reference.name)
        if number is not None:
            return TensorRef(number, reference.output)
        if not self.inputs:
            # What the inputs are called is not known: that has a finding of its own.
            raise Refused()
        if reference.name in self.to_come:
            message = f"`{reference.name}` stands further down"
            help_ = "an entry is called on what stands before it: move one of them"
            raise Refused(Diagnostic("KS304", message, reference.span, help_))
        near = suggest(reference.name, self.known)
        listed = ", ".join(f"`{name}`" for name in list(self.known)[:8])
        help_ = did_you_mean(near[:1]) or f"there are {listed}"
        message = f"no input and no entry is called `{reference.name}`"
        raise Refused(Diagnostic("KS304", message, reference.span, help_))

    def before(self, span: Span) -> TensorRef:
        """Return what an entry is called on that does not say it.

        Raises:
            Refused: It is the first, and there are several inputs.
        """
        if self.last is not None:
            return TensorRef(self.last)
        if len(self.inputs) > 1:
            listed = ", ".join(f"`{name}`" for name in self.inputs)
            message = f"the first entry is called on one of several inputs: {listed}"
            help_ = f"say which: `... <- {self.inputs[0]}`"
            raise Refused(Diagnostic("KS304", message, span, help_))
        return TensorRef(0)

    def passed(
        self, entry: spec.Entry, resolve: Callable[[spec.Expression], Value]
    ) -> tuple[CallInput, ...]:
        """Return all that an entry is called on.

        Raises:
            Refused: A name means nothing.
        """
        call_inputs = tuple(self._passed(entry.sources or (), resolve))
        if any(
            not call_input.keyword or call_input.tensors for call_input in call_inputs
        ):
            return call_inputs
        # Just constants: it is called on the entry before all the same.
        return (CallInput("", self.before(entry.span), entry.span), *call_inputs)

    def _passed(
        self,
        sources: Sequence[spec.FromItem],
        resolve: Callable[[spec.Expression], Value],
    ) -> Iterator[CallInput]:
        for source in sources:
            keyword, value = source.keyword or "", source.value
            if isinstance(value, spec.TensorReference):
                yield CallInput(
                    keyword, self._tensor_or_param(source, resolve), source.span
                )
            elif isinstance(value, spec.ReferenceList):
                items = tuple(self.find(item) for item in value.items)
                yield CallInput(keyword, TensorRefs(items), source.span)
            else:
                yield CallInput(keyword, resolve(value), source.span)

    def _tensor_or_param(
        self, source: spec.FromItem, resolve: Callable[[spec.Expression], Value]
    ) -> TensorRef | Value:
        """Find what a name stands for; behind a keyword it may be a param."""
        reference = source.value
        assert isinstance(reference, spec.TensorReference)
        if source.keyword and reference.name not in self.known:
            value = resolve(spec.Name(reference.name, reference.span))
            if isinstance(value, ParamRef) and value.is_known:
                return value
        return self.find(reference)

    def outputs(self, outputs: spec.OutputsSection | None, span: Span) -> Outputs:
        """Return what the model returns: the last entry, if the spec says nothing.

        Raises:
            Refused: A name means nothing.
        """
        if outputs is None or not outputs.references:
            last = TensorRef(self.last if self.last is not None else 0)
            return Outputs((last,), None, False, span)
        tensors = tuple(self.find(reference) for reference in outputs.references)
        return Outputs(tensors, outputs.keys, outputs.is_list, outputs.span)
