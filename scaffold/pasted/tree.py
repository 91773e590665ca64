"""A spec's tree with pasted code translated where something is wrong with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from scaffold.catalogue import Catalogue
from scaffold.diagnostics import Diagnostic, Span
from scaffold.pasted.characters import plain
from scaffold.pasted.configs import from_config, is_config
from scaffold.pasted.entries import Entries
from scaffold.pasted.findings import Piece, is_of_pasted, within
from scaffold.pasted.reading import expression
from scaffold.pasted.shapes import listed
from scaffold.pasted.statements import Statements, named
from scaffold.pasted.steps import Beyond, Statement, Step
from scaffold.pasted.text import (
    entry_text,
    is_entry,
    joined,
    joined_pairs,
    quoted,
    rebuilt,
    split,
)
from scaffold.pasted.values import path_of
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.flow import written
from scaffold.spec.keyed import is_statement

_LONGEST = 2_000
"""The most characters of an entry that is taken for pasted code."""
_TAKES_CODE = re.compile(r"\bLambda\s*\(|\blambda\b")
Keys = dict[str | float | bool | None, Node]
"""The sections of a spec or of a block."""

_OPTIONS = ("batch_size", "dtype", "optional", "ragged", "sparse")
_WITH_BATCH = ("batch_shape", "batch_input_shape")
_OF_SHAPE = ("input_shape", *_WITH_BATCH)
_AT_COMMAS = "in a list in `[ ]`, YAML cuts a line at its commas"
_CALL_KEYS = ("name", "from", "call", "repeat", "for", "if")


class Tree(NamedTuple):
    """A spec's tree after the translation, and what was translated."""

    root: Node
    pieces: tuple[Piece, ...]


def mend(
    root: Node, found: Sequence[Diagnostic], text: str, catalogue: Catalogue
) -> Tree:
    """Translate pasted code, where something was found.

    Args:
        root: The spec's tree.
        found: What is wrong with the spec.
        text: The spec's text.
        catalogue: What Keras offers.

    Returns:
        The tree to go on with.
    """
    if not isinstance(root, Table):
        return Tree(root, ())
    mender = _Mender(root, found, text, catalogue)
    return Tree(mender.root(root), tuple(mender.pieces))


class _Mender:
    def __init__(
        self,
        root: Table,
        found: Sequence[Diagnostic],
        text: str,
        catalogue: Catalogue,
    ) -> None:
        self.text, self.catalogue = text, catalogue
        self.places = [one.span for one in found if is_of_pasted(one)]
        self.pieces: list[Piece] = []
        keys = {key.value: value for key, value in root.pairs}
        blocks = keys.get("blocks")
        self.blocks = _names(blocks)
        self.keys = keys
        self.cut: set[int] = set()
        """Which entries YAML has cut."""

    def is_wrong(self, span: Span) -> bool:
        """Tell whether something was found within a place."""
        return any(within(one, span) for one in self.places)

    def root(self, root: Table) -> Table:
        sections: dict[str, Callable[[Node], Node]] = {
            "inputs": self.inputs,
            "compile": self.values,
            "train": self.values,
            "blocks": self.of_blocks,
        }
        pairs = []
        for key, node in root.pairs:
            if key.value == "layers":
                node = self.layers(node, self.keys)
            elif (change := sections.get(str(key.value))) is not None:
                node = change(node)
            pairs.append((key, node))
        return Table(tuple(pairs), root.span)

    def keep(self, span: Span, message: str, help_: str) -> None:
        self.pieces.append(Piece(span, message, help_))

    def of_blocks(self, node: Node) -> Node:
        if not isinstance(node, Table):
            return node
        return Table(
            tuple((key, self.block(one)) for key, one in node.pairs), node.span
        )

    def block(self, node: Node) -> Node:
        if not isinstance(node, Table):
            return node
        keys = {key.value: value for key, value in node.pairs}
        pairs = tuple(
            (key, self.layers(value, keys) if key.value == "layers" else value)
            for key, value in node.pairs
        )
        return Table(pairs, node.span)

    def inputs(self, node: Node) -> Node:
        if not isinstance(node, Table):
            return self.shape(node)
        pairs = []
        for key, one in joined_pairs(node.pairs, self.text):
            if isinstance(one, Table):
                one = self.batched(key, one) or self.inputs(one)
            elif key.value == "shape" or key.value not in _OPTIONS:
                one = self.shape(one)
            pairs.append((key, one))
        return Table(tuple(pairs), node.span)

    def batched(self, key: Scalar, node: Table) -> Table | None:
        """Translate `batch_shape: [32, 8]`, `None` where an input has none."""
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
                batch, *rest = sizes
                sizes = (*rest,)
                if isinstance(batch, Scalar) and batch.value is not None:
                    pairs.append((Scalar("batch_size", name.span), batch))
            pairs.insert(0, (Scalar("shape", name.span), Items(sizes, value.span)))
        if not is_changed or len({one.value for one, _ in pairs}) < len(pairs):
            return None
        table = Table(tuple(pairs), node.span)
        self.keep(node.span, "", f"write `{key.value}: {written(table)}`")
        return table

    def shape(self, node: Node) -> Node:
        """Translate `keras.Input(shape=(3,))` and `(3,)`."""
        if not isinstance(node, Scalar) or not self.is_wrong(node.span):
            return node
        if node.value is None or isinstance(node.value, bool):
            return node
        new = listed(node)
        if isinstance(new, Items):
            self.keep(node.span, "", f"write `{written(new)}`")
        return new

    def values(self, node: Node) -> Node:
        """Translate the strings of `compile` and `train`, and of what is in them."""
        if isinstance(node, Table):
            is_cut = self.is_wrong(node.span)
            given = joined_pairs(node.pairs, self.text) if is_cut else node.pairs
            return Table(
                tuple(
                    (key, self.sequence(key, value) or self.values(value))
                    for key, value in given
                ),
                node.span,
            )
        if isinstance(node, Items):
            return Items(tuple(map(self.values, node.items)), node.span)
        text = node.value
        if isinstance(text, str) and len(text) < _LONGEST and self.is_wrong(node.span):
            return self.value(node)
        return node

    def sequence(self, key: Scalar, node: Node) -> Items | None:
        """Translate a tuple of Python, `None` where a value is none."""
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
        items = Items(tuple(Scalar(one, node.span) for one in sizes), node.span)
        reason = f"`{text}` is a tuple of Python, and a list here"
        self.keep(node.span, reason, f"write `{key.value}: {written(items)}`")
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
        except Beyond:
            return node
        new = new[1:-1] if new.startswith('"') else new
        if new == text:
            return node
        reason = writer.reasons[0] if writer.reasons else ""
        self.keep(node.span, reason, f"write `{new}`")
        return Scalar(new, node.span)

    def layers(self, node: Node, keys: Keys) -> Node:
        """Translate the entries of a list."""
        if not isinstance(node, Items) or not self.is_wrong(node.span):
            return node
        params = _names(keys.get("params"))
        inputs = _names(keys.get("inputs")) or ("inputs",)
        entries = Entries(inputs, _values(keys.get("outputs")))
        given = joined(node.items, self.text)
        self.cut = {id(one) for one in given} - {id(one) for one in node.items}
        changed = self.all_entries(given, params, entries)
        lines = entries.lines()
        items: list[Node] = []
        for at, item in enumerate(given):
            if at in changed:
                items += self.told(item, changed[at], lines.get(at, []))
            else:
                items.append(item)
        return Items(tuple(items) or node.items, node.span)

    def all_entries(
        self, items: Sequence[Node], params: Sequence[str], entries: Entries
    ) -> dict[int, Statement | Node]:
        """Read all entries, and keep those that are to be translated."""
        changed: dict[int, Statement | Node] = {}
        for at, item in enumerate(items):
            new = self.entry(item, params)
            if isinstance(new, Statement):
                changed[at] = new
                entries.add(at, new)
                continue
            if new is not item:
                changed[at] = new
            entries.keep(at, _name_of(new))
        return changed

    def told(self, item: Node, new: Statement | Node, lines: list[str]) -> list[Node]:
        """Say what to write for an entry, and give what stands for it from here on."""
        if not isinstance(new, Statement):
            return [new]
        if not all(map(is_entry, lines)):
            return [item]
        entries = lines
        if new.advice:
            self.keep(item.span, new.reason, new.advice)
            return [Scalar(line, item.span) for line in lines]
        lines = [quoted(line, is_flow=id(item) in self.cut) for line in lines]
        listed = " and ".join(f"`{line}`" for line in lines)
        each = ", each with its own `- `" if len(lines) > 1 else ""
        self.keep(item.span, new.reason, f"write {listed}{each}")
        return [Scalar(line, item.span) for line in entries]

    def entry(self, item: Node, params: Sequence[str]) -> Statement | Node:
        """Read an entry; gives back what is no pasted code."""
        if not self.is_wrong(item.span):
            return item
        writer = Statements(self.catalogue, params)
        text = entry_text(item, self.text)
        if text is not None and len(text) > _LONGEST:
            return item
        if text is None:
            return self.keyed(item, writer) if isinstance(item, Table) else item
        parts = None if is_statement(text) else split(text)
        if parts is not None and len(parts) > 1 and set(parts) - {"call", "name"}:
            new = rebuilt(parts, writer)
            if new is None or new == text or not is_entry(new):
                return item
            reason = writer.reasons[0] if writer.reasons else ""
            self.keep(item.span, reason, f"write `{new}`")
            return Scalar(new, item.span)
        found = writer.read(text)
        if found is None:
            return _own(text) if _TAKES_CODE.search(text) else item
        if id(item) in self.cut:
            return found._replace(reason=_AT_COMMAS)
        if not isinstance(item, Scalar):
            return found
        return item if self.is_same(found, text) else found

    def is_same(self, found: Statement, text: str) -> bool:
        """Tell whether nothing is changed: what is wrong is something else."""
        if len(found.steps) != 1 or plain(text) != text or split(text) is None:
            return False
        step = found.steps[0]
        if step.passed is not None:
            return False
        target = f"{found.targets[0]} = " if found.targets else ""
        bare = "".join(f"{target}{step.call}".split())
        return bare.replace("'", '"') == "".join(text.split()).replace("'", '"')

    def keyed(self, item: Table, writer: Statements) -> Statement | Node:
        """Translate an entry in keyed notation, or one of `model.to_json()`."""
        if is_config(item):
            line = from_config(item, self.catalogue)
            if line is not None:
                reason = "this is what `model.to_json()` writes of a layer"
                return Statement((Step(line),), (), reason)
            return item
        pairs = []
        for key, value in item.pairs:
            text = str(key.value)
            if "." in text and not text.startswith("ops."):
                new = writer.target(text.rpartition(".")[2])
                if new[1] is not None and text.replace(".", "").isidentifier():
                    reason = f"a spec cannot hold the attribute `{text}`"
                    self.keep(key.span, reason, f"write `{new[0]}`")
                    key = Scalar(new[0], key.span)
            if key.value not in _CALL_KEYS:
                value = self.values(value)
            pairs.append((key, value))
        new_item = Table(tuple(pairs), item.span)
        return item if new_item == item else new_item


def _own(text: str) -> Statement:
    """Stand in for code that only a layer of one's own can run."""
    target = named(text)[:1]
    name = "".join(part.capitalize() for part in target[0].split("_")) if target else ""
    advice = (
        f"write a layer of your own, `keras-scaffold new layer {name or 'Scale'}`, and "
        "name it under `imports`"
    )
    what = "`Lambda` takes" if "Lambda" in text else "a lambda is"
    reason = f"{what} Python code, which a spec cannot hold"
    return Statement((Step("Identity()"),), target, reason, advice)


def _names(node: Node | None) -> tuple[str, ...]:
    """Return the names that a section declares."""
    if isinstance(node, Table):
        return tuple(str(key.value) for key, _ in node.pairs)
    if isinstance(node, Items):
        found: list[str] = []
        for item in node.items:
            if isinstance(item, Scalar) and isinstance(item.value, str):
                found.append(item.value)
            found += _names(item) if isinstance(item, Table) else ()
        return tuple(found)
    return ()


def _values(node: Node | None) -> tuple[str, ...]:
    """Return the names that `outputs` names."""
    if isinstance(node, Scalar):
        return (str(node.value),)
    if isinstance(node, Items):
        return tuple(one for item in node.items for one in _values(item))
    if isinstance(node, Table):
        return tuple(one for _, value in node.pairs for one in _values(value))
    return ()


def _name_of(item: Node) -> str:
    """Return the name of an entry that stays as it is."""
    if isinstance(item, Table):
        return next(
            (
                str(v.value)
                for k, v in item.pairs
                if k.value == "name" and isinstance(v, Scalar)
            ),
            "",
        )
    if isinstance(item, Scalar) and isinstance(item.value, str):
        return next(iter(named(item.value)), "")
    return ""
