"""Translate pasted code in `inputs`, `compile` and `train`."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from scaffold.catalogue import Catalogue
from scaffold.diagnostics import Diagnostic, Span
from scaffold.foreign_code.code_sections import CodeSection
from scaffold.foreign_code.findings import PastedPiece, may_come_from_pasted, within
from scaffold.foreign_code.parsing import expression
from scaffold.foreign_code.shapes import listed
from scaffold.foreign_code.statements import Statements
from scaffold.foreign_code.steps import Untranslatable
from scaffold.foreign_code.text import joined_pairs
from scaffold.foreign_code.training_calls import call_of, joined, run_of, shown
from scaffold.foreign_code.variables import CodeVariable, path_of
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.inputs import without_batch
from scaffold.spec.node_text import written

LONGEST = 2_000
"""The maximum length of a line that is read as pasted code."""
_OPTIONS = ("batch_size", "dtype", "optional", "ragged", "sparse")
_WITH_BATCH = ("batch_shape", "batch_input_shape")
_OF_SHAPE = ("input_shape", *_WITH_BATCH)


class Sections:
    """Translates sections, and collects the translated pieces."""

    def __init__(
        self, diagnostics: Sequence[Diagnostic], text: str, catalogue: Catalogue
    ) -> None:
        """Store where the findings are.

        Args:
            diagnostics: The findings of the spec.
            text: The spec's text.
            catalogue: The catalogue of Keras.
        """
        self.text, self.catalogue = text, catalogue
        self.places = [
            diagnostic.span
            for diagnostic in diagnostics
            if may_come_from_pasted(diagnostic)
        ]
        self.pieces: list[PastedPiece] = []
        self.params: tuple[str, ...] = ()
        """The names of the params."""

    def is_wrong(self, span: Span) -> bool:
        """Return whether a finding is within a span."""
        return any(within(place, span) for place in self.places)

    def report(self, span: Span, message: str, help_: str, code: str = "") -> None:
        """Add a translated piece with its message and help."""
        self.pieces.append(PastedPiece(span, message, help_, code))

    def inputs(self, node: Node) -> Node:
        if not isinstance(node, Table):
            return self.shape(node)
        pairs = []
        for key, value in joined_pairs(node.pairs, self.text):
            if isinstance(value, Table):
                value = self.batched(key, value) or self.inputs(value)
            elif key.value == "shape" or key.value not in _OPTIONS:
                value = self.shape(value)
            pairs.append((key, value))
        return Table(tuple(pairs), node.span)

    def batched(self, key: Scalar, node: Table) -> Table | None:
        """Translate `batch_shape: [32, 8]`; return `None` if an input has none."""
        if not self.is_wrong(node.span):
            return None
        pairs: list[tuple[Scalar, Node]] = []
        is_changed = False
        for name, value in joined_pairs(node.pairs, self.text):
            if name.value in _OF_SHAPE and isinstance(value, Scalar):
                value = listed(value)
            if name.value not in _OF_SHAPE or not isinstance(value, Items):
                pairs.append((name, value))
                continue
            is_changed, sizes = True, value.items
            if name.value in _WITH_BATCH and sizes:
                batch, *other_sizes = sizes
                sizes = (*other_sizes,)
                if isinstance(batch, Scalar) and batch.value is not None:
                    pairs.append((Scalar("batch_size", name.span), batch))
            pairs.insert(0, (Scalar("shape", name.span), Items(sizes, value.span)))
        if not is_changed or len({key.value for key, _ in pairs}) < len(pairs):
            return None
        table = Table(tuple(pairs), node.span)
        self.report(node.span, "", f"write `{key.value}: {written(table)}`")
        return table

    def shape(self, node: Node) -> Node:
        """Translate `keras.Input(shape=(3,))` and `(3,)`."""
        if not isinstance(node, Scalar) or not self.is_wrong(node.span):
            return node
        if node.value is None or isinstance(node.value, bool):
            return node
        new = listed(node)
        if not isinstance(new, Items):
            return new
        first, *others = new.items or (node,)
        is_bare = str(node.value).lstrip().startswith(("(", "["))
        if is_bare and others and isinstance(first, Scalar) and first.value is None:
            batchless = Items((*others,), new.span)
            help_ = without_batch(written(batchless).strip("[]"))
            self.report(node.span, "", help_)
            # With two axes, the first is as often the steps of a sequence.
            return batchless if len(others) > 1 else new
        self.report(node.span, "", f"write `{written(new)}`")
        return new

    def run(self, name: str, node: Node) -> Node:
        """Translate `compile` or `train`, and the values in it."""
        if isinstance(node, Table) or not self.is_wrong(node.span):
            return self.values(node)
        if isinstance(node, Items) and (table := joined(node)):
            self.report(node.span, "", f"write `{name}: {written(table)}`")
            return table
        alone = node.items[0] if isinstance(node, Items) and node.items else node
        text = alone.value if isinstance(alone, Scalar) else None
        call = call_of(text) if isinstance(text, str) else None
        writer = Statements(self.catalogue, self.params)
        run = None if call is None else run_of(name, call, node.span, writer)
        if run is None:
            return self.values(node)
        self.report(node.span, "", shown(name, run))
        return run.table

    def as_section(self, code: CodeSection, call: CodeVariable, node: Node) -> Node:
        """Translate a call that spans several lines."""
        writer, span = Statements(self.catalogue, self.params), code.span
        run = run_of(code.section, call, span, writer)
        if run is None:
            return node
        message = f"`{code.section}` takes a mapping of arguments, not a call"
        self.report(span, message, shown(code.section, run), "KS107")
        return run.table

    def values(self, node: Node) -> Node:
        """Translate the strings in `compile` and `train`, at any depth."""
        if isinstance(node, Table):
            is_cut = self.is_wrong(node.span)
            pairs = joined_pairs(node.pairs, self.text) if is_cut else node.pairs
            return Table(
                tuple(
                    (key, self.sequence(key, value) or self.values(value))
                    for key, value in pairs
                ),
                node.span,
            )
        if isinstance(node, Items):
            return Items(tuple(map(self.values, node.items)), node.span)
        text = node.value
        if isinstance(text, str) and len(text) < LONGEST and self.is_wrong(node.span):
            return self.value(node)
        return node

    def sequence(self, key: Scalar, node: Node) -> Items | None:
        """Translate a Python tuple; return `None` if a value is not one."""
        text = node.value if isinstance(node, Scalar) else None
        if not isinstance(text, str) or not text.startswith("("):
            return None
        tree = expression(text) if self.is_wrong(node.span) else None
        if not isinstance(tree, ast.Tuple):
            return None
        try:
            sizes = ast.literal_eval(tree)
        except ValueError:
            return None
        items = Items(tuple(Scalar(size, node.span) for size in sizes), node.span)
        reason = f"`{text}` is a Python tuple, but a spec has lists"
        self.report(node.span, reason, f"write `{key.value}: {written(items)}`")
        return items

    def value(self, node: Scalar) -> Scalar:
        """Translate a string that is Python code for an argument."""
        text = str(node.value)
        writer = Statements(self.catalogue, ())
        writer.source = text.removeprefix("$")
        tree = expression(writer.source)
        if tree is None or not (isinstance(tree, ast.Call) or path_of(tree)[1:]):
            return node
        try:
            new = writer.text(tree)
        except Untranslatable:
            return node
        new = new[1:-1] if new.startswith('"') else new
        if new == text:
            return node
        reason = writer.reasons[0] if writer.reasons else ""
        self.report(node.span, reason, f"write `{new}`")
        return Scalar(new, node.span)
