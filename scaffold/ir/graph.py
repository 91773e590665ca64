"""Resolution of the inputs of entries: names become references to nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from scaffold.diagnostics import Diagnostic, Refused, Span, did_you_mean, suggest
from scaffold.ir.types import CallInput, Outputs, ParamRef, TensorRef, TensorRefs, Value
from scaffold.spec import types as spec


class TensorScope:
    """The tensors that are defined so far, by name.

    An entry sees only the inputs and the entries before it, so there are no cycles.
    """

    def __init__(self, inputs: Sequence[str], entries: Sequence[spec.Entry]) -> None:
        """Start with the inputs; `entries` are all entries that follow."""
        self.known = {name: number for number, name in enumerate(inputs)}
        self.to_come = {entry.name for entry in entries if entry.name}
        self.inputs = list(inputs)
        self.last: int | None = None

    def add(self, name: str | None, node: int) -> None:
        """Add a node, under its name if it has one."""
        if name is not None and name not in self.known:
            self.known[name] = node
        self.last = node

    def find(self, reference: spec.TensorReference) -> TensorRef:
        """Return the tensor that a reference names.

        Raises:
            Refused: No input or earlier entry has that name.
        """
        number = self.known.get(reference.name)
        if number is not None:
            return TensorRef(number, reference.output)
        if not self.inputs:
            # The names of the inputs are not known, which has its own finding.
            raise Refused()
        if reference.name in self.to_come:
            message = f"`{reference.name}` is defined after this entry"
            help_ = "move one of them: an entry can only use entries before it"
            raise Refused(Diagnostic("KS304", message, reference.span, help_))
        near = suggest(reference.name, self.known)
        listed = ", ".join(f"`{name}`" for name in list(self.known)[:8])
        help_ = did_you_mean(near[:1]) or f"known: {listed}"
        message = f"no input or entry is named `{reference.name}`"
        raise Refused(Diagnostic("KS304", message, reference.span, help_))

    def before(self, span: Span) -> TensorRef:
        """Return the input of an entry that does not name it.

        Raises:
            Refused: It is the first entry, and there are several inputs.
        """
        if self.last is not None:
            return TensorRef(self.last)
        if len(self.inputs) > 1:
            listed = ", ".join(f"`{name}`" for name in self.inputs)
            message = f"the first entry must name one of several inputs: {listed}"
            help_ = f"name the input: `... <- {self.inputs[0]}`"
            raise Refused(Diagnostic("KS304", message, span, help_))
        return TensorRef(0)

    def passed(
        self, entry: spec.Entry, resolve: Callable[[spec.Expression], Value]
    ) -> tuple[CallInput, ...]:
        """Return all inputs of an entry.

        Raises:
            Refused: A name is not known.
        """
        call_inputs = tuple(self._passed(entry.sources or (), resolve))
        if any(
            not call_input.keyword or call_input.tensors for call_input in call_inputs
        ):
            return call_inputs
        # With only constants, the entry is still called on the entry before.
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
        """Resolve a name; after a keyword it may be a param."""
        reference = source.value
        assert isinstance(reference, spec.TensorReference)
        if source.keyword and reference.name not in self.known:
            value = resolve(spec.Name(reference.name, reference.span))
            if isinstance(value, ParamRef) and value.is_known:
                return value
        return self.find(reference)

    def outputs(self, outputs: spec.OutputsSection | None, span: Span) -> Outputs:
        """Return the outputs of the model; the default is the last entry.

        Raises:
            Refused: A name is not known.
        """
        if outputs is None or not outputs.references:
            last = TensorRef(self.last if self.last is not None else 0)
            return Outputs((last,), None, False, span)
        tensors = tuple(self.find(reference) for reference in outputs.references)
        return Outputs(tensors, outputs.keys, outputs.is_list, outputs.span)
