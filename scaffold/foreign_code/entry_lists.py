"""Translate pasted code in lists of layers."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from scaffold.catalogue import Catalogue
from scaffold.catalogue.facts import examples, layers
from scaffold.diagnostics import Diagnostic
from scaffold.foreign_code.arrows import Arrows, arrowed
from scaffold.foreign_code.characters import plain
from scaffold.foreign_code.code_sections import lines_of
from scaffold.foreign_code.configs import from_config, is_config
from scaffold.foreign_code.declared_names import name_of, names_of, values_of
from scaffold.foreign_code.entries import Entries
from scaffold.foreign_code.mixed_notation import to_keyed
from scaffold.foreign_code.other_notations import reworded
from scaffold.foreign_code.parsing import statements
from scaffold.foreign_code.prompts import REASON
from scaffold.foreign_code.sections import LONGEST, Sections
from scaffold.foreign_code.statements import SEVERAL, named
from scaffold.foreign_code.steps import PastedCall, Statement
from scaffold.foreign_code.text import (
    entry_text,
    is_alike,
    is_entry,
    joined,
    quoted,
    split,
    with_bodies,
)
from scaffold.foreign_code.training_calls import run_of, shown
from scaffold.foreign_code.values import attribute_reason
from scaffold.foreign_code.variables import (
    CodeVariable,
    VariableUse,
    definition,
    is_layer,
    mentions,
    objects,
)
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.keyed import is_statement
from scaffold.spec.node_text import written

_PYTHON_CODE = re.compile(r"\bLambda\s*\(|\blambda\b")
Keys = dict[str | float | bool | None, Node]
"""The sections of a spec or of a block."""

_AT_COMMAS = "in a list in `[ ]`, YAML splits an entry at its commas"
_CALL_KEYS = ("name", "from", "call", "repeat", "for", "if")


class Lists(Sections):
    """Translates lists of layers."""

    def __init__(
        self,
        root: Table,
        diagnostics: Sequence[Diagnostic],
        text: str,
        catalogue: Catalogue,
    ) -> None:
        """Store what the spec declares.

        Args:
            root: The spec's tree.
            diagnostics: The findings of the spec.
            text: The spec's text.
            catalogue: The catalogue of Keras.
        """
        super().__init__(diagnostics, text, catalogue)
        self.keys = {key.value: value for key, value in root.pairs}
        self.own = frozenset(
            (*names_of(self.keys.get("blocks")), *names_of(self.keys.get("imports")))
        )
        self.prompted: frozenset[int] = frozenset()
        """Lines that start with an interpreter's prompt."""
        self.cut: set[int] = set()
        """The entries that YAML has split, by id."""
        self.several: dict[int, tuple[Node, bool]] = {}
        """Lines that were one entry: that entry, and whether the line is its last."""
        self.collected: list[str] = []
        self.placeholders: set[int] = set()
        """Placeholders for entries whose help is advice, not a line to write."""
        self.uses: dict[int, VariableUse] = {}
        """The entries of a list that define what later entries use."""
        self.params = names_of(self.keys.get("params"))
        self.variables: dict[str, CodeVariable] = {}
        """Variables of the list that hold layers or values."""
        self.added: dict[str, Node] = {}
        """Sections that the spec lacks, from the pasted code."""

    def layers(self, node: Node, keys: Keys) -> Node:
        """Translate the entries of a list."""
        if not isinstance(node, Items):
            return node
        self.places += [
            item.span for item in node.items if item.span.line in self.prompted
        ]
        if not self.is_wrong(node.span):
            return node
        inputs = names_of(keys.get("inputs")) or ("inputs",)
        entries = Entries(inputs, values_of(keys.get("outputs")))
        entry_nodes = joined(node.items, self.text)
        self.cut = {id(item) for item in entry_nodes} - {
            id(item) for item in node.items
        }
        entry_nodes = with_bodies(self.lined(entry_nodes), self.text)
        trees = [self.statement(item) for item in entry_nodes]
        self.uses = objects(trees, self.is_object)
        self.uses |= self.never_called(trees, keys)
        writer = Arrows(self.catalogue, names_of(keys.get("params")))
        writer.tensors = writer.inputs = frozenset(inputs)
        writer.own = self.own
        self.variables = writer.variables
        changed = self.all_entries(entry_nodes, writer, entries)
        lines = entries.lines()
        if entries.returned and "outputs" not in keys:
            if outputs := entries.outputs_node(node.span):
                self.added["outputs"] = outputs
        items: list[Node] = []
        for at, item in enumerate(entry_nodes):
            if at in changed or id(item) in self.several:
                items += self.replacement(
                    item, changed.get(at, item), lines.get(at, [])
                )
            else:
                items.append(item)
        return Items(tuple(items) or node.items, node.span)

    def lined(self, items: Sequence[Node]) -> list[Node]:
        """Split entries that are several statements on separate lines."""
        lines: list[Node] = []
        for item in items:
            is_text = isinstance(item, Scalar) and isinstance(item.value, str)
            several = lines_of(item.span, self.text) if is_text else []
            # Plain lines that are entries only lack a dash, which the reader reports.
            is_plain = isinstance(item, Scalar) and item.raw and not item.raw.quote
            is_code = not (
                is_plain and all(is_entry(str(line.value)) for line in several)
            )
            if len(several) > 1 and is_code and self.is_wrong(item.span):
                self.places += [line.span for line in several]
                last = several[-1]
                self.several |= {id(line): (item, line is last) for line in several}
                lines += several
            else:
                lines.append(item)
        return lines

    def never_called(
        self, trees: Sequence[ast.stmt | None], keys: Keys
    ) -> dict[int, VariableUse]:
        """Find layer objects that are never called, if the list calls others."""
        if not any(use.is_layer for use in self.uses.values()):
            return {}
        names = [name for tree in trees if tree is not None for name in mentions(tree)]
        names += values_of(keys.get("outputs"))
        unused = {}
        for at, tree in enumerate(trees[:-1]):
            assignment = definition(tree)
            if (
                assignment is not None
                and at not in self.uses
                and is_layer(assignment[1])
            ):
                if names.count(assignment[0]) == 1:
                    unused[at] = VariableUse(assignment[0], at, True)
        return unused

    def is_object(self, name: str) -> bool:
        """Return whether a name is a class of Keras that is not a layer."""
        target = Arrows(self.catalogue, ()).target(name)[1]
        return name[:1].isupper() and target is not None and target.registry != "layers"

    def statement(self, item: Node) -> ast.stmt | None:
        """Return an entry as a Python statement, `None` if it is not one."""
        text = entry_text(item, self.text)
        if text is None or len(text) > LONGEST:
            return None
        body = statements(plain(text).strip())
        return body[0] if len(body) == 1 else None

    def all_entries(
        self, items: Sequence[Node], writer: Arrows, entries: Entries
    ) -> dict[int, Statement | Node]:
        """Read all entries, and return those to translate."""
        changed: dict[int, Statement | Node] = {}
        for at, item in enumerate(items):
            if at in self.uses:
                changed[at] = self.definition(at, items, writer)
                continue
            new = self.entry(item, writer)
            if isinstance(new, Statement):
                changed[at] = new
                entries.add(at, new)
                writer.tensors |= {*new.targets}
                is_single = len(new.targets) == 1
                writer.unpacked = (
                    writer.unpacked - {*new.targets}
                    if is_single
                    else writer.unpacked | {*new.targets}
                )
                continue
            if new is not item:
                changed[at] = new
            entries.add_unchanged(at, name_of(new))
            writer.tensors |= {name_of(new)} - {""}
        return changed

    def definition(self, at: int, items: Sequence[Node], writer: Arrows) -> Statement:
        """Read a statement that defines what later entries use; it becomes no entry."""
        use, item = self.uses[at], items[at]
        text = plain(entry_text(item, self.text) or "").strip()
        assignment = definition(statements(text)[0])
        assert assignment is not None
        name = use.key.removeprefix("self.")
        writer.variables[use.key] = CodeVariable((at,), name, assignment[1], text)
        line = items[use.first].span.line
        reason = f"`{name}` is a layer object, which line {line} calls"
        advice = f"remove it: the entry in line {line} creates the layer"
        if use.first == at:
            reason = f"`{name}` is a layer object that is never called"
            advice = "remove it, or call it"
        if not use.is_layer:
            reason = f"`{name}` is a variable, but an entry is a layer"
            advice = f"remove it: the entry in line {line} contains its value"
        return Statement((), (), reason, advice, code="KS111")

    def replacement(
        self, item: Node, new: Statement | Node, lines: list[str]
    ) -> list[Node]:
        """Report what to write for an entry, and return what replaces it."""
        if id(item) in self.several:
            return self.alone(item, new, lines)
        if not isinstance(new, Statement):
            return [new]
        if not all(map(is_entry, lines)):
            return [item]
        entries = [Scalar(line, item.span) for line in lines]
        if new.advice:
            advice = new.advice
            if new.outputs and "outputs" in self.added:
                shown = written(self.added["outputs"])
                advice = f"remove it, and write `outputs: {shown}`"
            if new.section is not None:
                advice = self.section(item, *new.section) or advice
            self.report(item.span, new.reason, advice, new.code)
            self.placeholders |= {*map(id, entries)}
            return [*entries]
        lines = [quoted(line, is_flow=id(item) in self.cut) for line in lines]
        listed = " and ".join(f"`{line}`" for line in lines)
        note = ", each after `- `" if len(lines) > 1 else ""
        help_ = f"write {listed}{note}"
        if new.block:
            block_help = f"write its layers as a block `{new.block}`"
            help_ = f"{block_help}, and write {listed} here{note}"
        self.report(item.span, new.reason, help_, new.code)
        return [*entries]

    def alone(self, item: Node, new: Statement | Node, lines: list[str]) -> list[Node]:
        """Add a line of a split entry; a single help lists all of its lines."""
        entry, is_last = self.several[id(item)]
        if not isinstance(new, Statement):
            lines = [str(new.value)] if isinstance(new, Scalar) else []
        self.collected += [quoted(line, is_flow=False) for line in lines]
        if is_last:
            listed = " and ".join(f"`{line}`" for line in self.collected)
            help_ = f"write {listed}, each after `- `"
            self.report(entry.span, SEVERAL, help_, "KS110")
            self.collected = []
        return [Scalar(line, item.span) for line in lines]

    def section(self, item: Node, name: str, variable: CodeVariable) -> str:
        """Return the help for a call that belongs in a section of the spec."""
        writer = Arrows(self.catalogue, self.params)
        writer.variables = self.variables
        run = run_of(name, variable, item.span, writer)
        existing = self.keys.get(name)
        if run is None:
            return ""
        if existing is None:
            self.added[name] = run.table
            return f"remove it, and {shown(name, run)}"
        keys = {key.value for key, _ in getattr(existing, "pairs", ())}
        missing = [
            (key, value) for key, value in run.table.pairs if key.value not in keys
        ]
        missing = [pair for pair in missing if pair[0].value not in ("x", "y", "data")]
        if not missing:
            return f"remove it: `{name}` already sets these arguments"
        listed = ", ".join(f"`{key.value}: {written(value)}`" for key, value in missing)
        return f"remove it, and add to `{name}`: {listed}"

    def entry(self, item: Node, writer: Arrows) -> Statement | Node:
        """Read an entry; return it unchanged if it is not pasted code."""
        if not self.is_wrong(item.span) and not self.holds_tensors(item, writer):
            return item
        text = entry_text(item, self.text)
        if text is not None and len(text) > LONGEST:
            return item
        if isinstance(item, Items) and len(item.items) == 1 and text is not None:
            text = text.removeprefix("- ")
        if text is None:
            return self.keyed(item, writer) if isinstance(item, Table) else item
        line, reason = arrowed(text, writer.tensors)
        if not reason:
            line, reason = reworded(text, writer.tensors, writer.params)
        parts = None if is_statement(line) else split(line)
        has_signs = bool(parts) and set(parts or ()) - {"call", "name"}
        if parts is not None and (has_signs or reason):
            return writer.on_layers(parts) or self.with_signs(
                item, parts, reason, writer
            )
        statement = writer.read(text)
        if item.span.line in self.prompted and isinstance(item, Scalar):
            return self.without_prompt(item, statement)
        if statement is None:
            return _own_layer(text) if _PYTHON_CODE.search(text) else item
        if id(item) in self.cut:
            return statement._replace(reason=_AT_COMMAS)
        if not isinstance(item, Scalar):
            return statement
        return item if self.is_same(statement, text) else statement

    def without_prompt(
        self, item: Scalar, statement: Statement | None
    ) -> Statement | Node:
        """Translate an entry that starts with a prompt."""
        if statement is None:
            return item
        if statement.advice:
            return statement
        return statement._replace(reason=REASON, code="KS110")

    def with_signs(
        self, item: Node, parts: dict[str, str], reason: str, writer: Arrows
    ) -> Node:
        """Translate an entry with an arrow or another sign of line notation."""
        new = writer.rebuilt(parts)
        text = entry_text(item, self.text) or ""
        is_same = not reason and new is not None and is_alike(new, text)
        if new is None or is_same or not is_entry(new):
            return item
        code = "KS110" if reason else ""
        if not reason and writer.reasons:
            reason = writer.reasons[0]
            code = writer.codes.get(reason, "")
        self.report(item.span, reason, f"write `{new}`", code)
        return Scalar(new, item.span)

    def holds_tensors(self, item: Node, writer: Arrows) -> bool:
        """Return whether an entry has tensors as arguments: `Flatten(x)`.

        A finding about a name in several entries is reported only for the first.
        """
        text = str(item.value) if isinstance(item, Scalar) else ""
        if writer.unpacked.intersection(re.findall(r"\w+", text.partition("<-")[2])):
            return True
        tree = self.statement(item) if isinstance(item, Scalar) else None
        value = getattr(tree, "value", None)
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Name):
            return False
        names = {item.id for item in value.args if isinstance(item, ast.Name)}
        return value.func.id[:1].isupper() and not names.isdisjoint(writer.tensors)

    def is_same(self, statement: Statement, text: str) -> bool:
        """Return whether a statement is the entry unchanged: the fault is another."""
        if len(statement.steps) != 1 or plain(text) != text or split(text) is None:
            return False
        step = statement.steps[0]
        if step.passed is not None:
            return False
        target = f"{statement.targets[0]} = " if statement.targets else ""
        return is_alike(f"{target}{step.call}", text)

    def keyed(self, item: Table, writer: Arrows) -> Statement | Node:
        """Translate an entry in keyed notation, or from `model.to_json()`."""
        if is_config(item):
            line = from_config(item, self.catalogue)
            if line is not None:
                reason = "this is a layer as `model.to_json()` writes it"
                return Statement((PastedCall(line),), (), reason)
            return item
        if mixed := to_keyed(item, writer):
            self.report(item.span, mixed.reason, mixed.help, "KS110")
            return mixed.item
        pairs = []
        for key, value in item.pairs:
            text = str(key.value)
            if "." in text and not text.startswith("ops."):
                new = writer.target(text.rpartition(".")[2])
                if new[1] is not None and text.replace(".", "").isidentifier():
                    reason = attribute_reason(text.split("."))
                    self.report(key.span, reason, f"write `{new[0]}`")
                    key = Scalar(new[0], key.span)
            if key.value not in _CALL_KEYS:
                value = self.values(value)
            pairs.append((key, value))
        new_item = Table(tuple(pairs), item.span)
        return item if new_item == item else new_item


def _own_layer(text: str) -> Statement:
    """Return a placeholder for code that only a layer of the user can run."""
    target = named(text)[:1]
    name = "".join(part.capitalize() for part in target[0].split("_")) if target else ""
    advice = (
        f"write your own layer, `keras-scaffold new layer {name or 'Scale'}`, and add "
        "it to `imports`"
    )
    subject = f"`{layers.PYTHON}` takes" if layers.PYTHON in text else "a lambda is"
    reason = f"{subject} Python code, which a spec cannot contain"
    return Statement((PastedCall(examples.NOTHING),), target, reason, advice)
