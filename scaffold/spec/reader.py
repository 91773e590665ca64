"""A spec's text to a `Spec`, with every fault of its form found at once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Literal as Choice
from typing import NamedTuple, TypeVar

from scaffold.diagnostics import Diagnostic, Refused, Span, suggest
from scaffold.spec.document import Items, Node, Scalar, Table, describe, place
from scaffold.spec.keyed import expression, parse_keyed
from scaffold.spec.limits import MOST_BYTES, MOST_ENTRIES, too_much
from scaffold.spec.line import parse_line, parse_sources
from scaffold.spec.types import (
    Block,
    CallArgument,
    Entry,
    Import,
    Input,
    Literal,
    Outputs,
    Param,
    Reference,
    Section,
    Sequence,
    Spec,
)

Notation = Choice["yaml", "json", "toml"]

_KEYS = (
    "$schema",
    "name",
    "description",
    "params",
    "inputs",
    "blocks",
    "imports",
    "layers",
    "outputs",
    "compile",
    "train",
    "override",
)
_BLOCK_KEYS = ("description", "params", "inputs", "layers", "outputs")

T = TypeVar("T")


class Reading(NamedTuple):
    """What came of reading a spec: the spec, unless the file is beyond repair."""

    spec: Spec | None
    text: str
    found: tuple[Diagnostic, ...]


def read(data: bytes, path: str, notation: Notation | None = None) -> Reading:
    """Reads a spec.

    Args:
        data: The file's bytes, in UTF-8.
        path: Its name in findings; its stem is the model's name where none is given.
        notation: What it is written in; by default what its suffix says, else YAML.

    Returns:
        The spec with what could be read of it, the text, and all that is wrong with
        the file's form.
    """
    if len(data) > MOST_BYTES:
        message = (
            f"the file is larger than {MOST_BYTES:,} bytes, the most a spec may have"
        )
        help_ = "keep data in a file of its own, named by `train: {data: ...}`"
        return Reading(None, "", tuple(too_much(message, Span(path), help_).found))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Reading(None, "", (_not_utf8(data, error, path),))
    try:
        root = _parse(text, path, notation or _notation(path))
        reader = _Reader(path)
        spec = reader.spec(root)
    except Refused as refused:
        return Reading(None, text, tuple(refused.found))
    return Reading(spec, text, tuple(reader.found))


def _notation(path: str) -> Notation:
    if path.lower().endswith(".json"):
        return "json"
    return "toml" if path.lower().endswith(".toml") else "yaml"


def _parse(text: str, path: str, notation: Notation) -> Node | None:
    if notation == "toml":
        from scaffold.spec.toml import parse as parse_toml

        return parse_toml(text, path)
    from scaffold.spec.yaml import parse as parse_yaml

    return parse_yaml(text, path, json=notation == "json")


def _not_utf8(data: bytes, error: UnicodeDecodeError, path: str) -> Diagnostic:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
    return Diagnostic(
        "KS102",
        f"the byte 0x{data[error.start]:02x} is not UTF-8 text",
        Span(path, line, column, line, column + 1),
        "save the file as UTF-8",
    )


def _stem(path: str) -> str:
    if path == "-":
        return "model"
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    return name.split(".")[0] or name


class _Reader:
    """Reads sections one by one, and goes on after a fault."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Diagnostic] = []

    def fault(self, code: str, message: str, span: Span, help_: str = "") -> None:
        self.found.append(Diagnostic(code, message, span, help_))

    def wrong(self, what: str, wanted: str, node: Node, help_: str = "") -> None:
        message = f"{what} takes {wanted}, not {describe(node)}"
        self.fault("KS107", message, node.span, help_)

    def attempt(self, make: Callable[[], T]) -> T | None:
        """Makes something; what it refuses is kept, and the reading goes on."""
        try:
            return make()
        except Refused as refused:
            self.found.extend(refused.found)
            return None

    def spec(self, root: Node | None) -> Spec:
        if root is None:
            message = "the file is empty"
            raise Refused(Diagnostic("KS108", message, Span(self.path, 1, 1, 1, 1)))
        if not isinstance(root, Table):
            message = f"a spec is a mapping of keys, not {describe(root)}"
            raise Refused(Diagnostic("KS107", message, root.span))
        keys = {str(key.value): (key, value) for key, value in root.pairs}
        self.unknown_keys(root, _KEYS, "a spec")
        top = Span(self.path, 1, 1, 1, 1)
        name, name_span = self.name(keys.get("name"), top)
        inputs = self.inputs(keys["inputs"][1]) if "inputs" in keys else ()
        if "inputs" not in keys:
            help_ = "say the shape without the batch axis: `inputs: [28, 28, 1]`"
            self.fault("KS108", "a spec needs the key `inputs`", top, help_)
        if "layers" not in keys:
            help_ = "say the layers, one a line: `- Dense(1)`"
            self.fault("KS108", "a spec needs the key `layers`", top, help_)
        layers = keys.get("layers")
        return Spec(
            name=name,
            name_span=name_span,
            description=self.text(keys.get("description"), "`description`"),
            params=self.params(keys["params"][1]) if "params" in keys else (),
            inputs=inputs,
            blocks=self.blocks(keys["blocks"][1]) if "blocks" in keys else (),
            imports=self.imports(keys["imports"][1]) if "imports" in keys else (),
            layers=self.layers(layers[1]) if layers else (),
            layers_span=layers[0].span if layers else top,
            outputs=self.outputs(keys["outputs"][1]) if "outputs" in keys else None,
            compile=self.section(keys.get("compile"), "`compile`"),
            train=self.section(keys.get("train"), "`train`"),
            override=self.override(keys["override"][1]) if "override" in keys else (),
            span=root.span,
        )

    def unknown_keys(self, table: Table, known: Collection[str], what: str) -> None:
        for key, _ in table.pairs:
            if key.value not in known:
                near = suggest(str(key.value), known)
                listed = ", ".join(one for one in known if one != "$schema")
                help_ = f"did you mean `{near[0]}`?" if near else f"known: {listed}"
                self.fault("KS106", f"{what} has no key `{key.value}`", key.span, help_)

    def name(self, pair: tuple[Scalar, Node] | None, top: Span) -> tuple[str, Span]:
        if pair is None:
            return _stem(self.path), top
        node = pair[1]
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            self.wrong("`name`", "a string", node)
            return _stem(self.path), node.span
        return node.value, node.span

    def text(self, pair: tuple[Scalar, Node] | None, what: str) -> str:
        if pair is None:
            return ""
        node = pair[1]
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            self.wrong(what, "a string", node)
            return ""
        return node.value

    def params(self, node: Node, *, of_block: bool = False) -> tuple[Param, ...]:
        found: list[Param] = []
        if isinstance(node, Table):
            return self.defaults(node)
        if not of_block or not isinstance(node, Items):
            self.wrong("`params`", "a mapping of names and defaults", node)
            return ()
        for item in node.items:
            if isinstance(item, Scalar) and isinstance(item.value, str):
                found.append(Param(item.value, None, item.span))
            elif isinstance(item, Table):
                found.extend(self.defaults(item))
            else:
                self.wrong("an item of `params`", "a name, or a name: default", item)
        return tuple(found)

    def defaults(self, table: Table) -> tuple[Param, ...]:
        found = []
        for key, value in table.pairs:
            default = self.attempt(partial(expression, value))
            if default is not None:
                found.append(Param(str(key.value), default, key.span))
        return tuple(found)

    def inputs(self, node: Node) -> tuple[Input, ...]:
        if isinstance(node, Items):
            shape = self.attempt(partial(expression, node))
            return (Input("inputs", shape, (), node.span, False),)
        if not isinstance(node, Table):
            help_ = "say the shape without the batch axis: `inputs: [28, 28, 1]`"
            self.wrong(
                "`inputs`", "a shape, or a mapping of names and shapes", node, help_
            )
            return ()
        return tuple(self.input(key, value) for key, value in node.pairs)

    def input(self, key: Scalar, node: Node) -> Input:
        name, shape, options = str(key.value), None, []
        if isinstance(node, Items):
            shape = self.attempt(partial(expression, node))
        elif isinstance(node, Table):
            for option, value in node.pairs:
                read = self.attempt(partial(expression, value))
                if option.value == "shape":
                    shape = read
                elif read is not None:
                    argument = CallArgument(str(option.value), read, option.span)
                    options.append(argument)
            if shape is None:
                help_ = f"write `{name}: {{shape: [28, 28, 1], dtype: float32}}`"
                message = f"the input `{name}` has no shape"
                self.fault("KS108", message, key.span, help_)
        else:
            help_ = f"write `{name}: [28, 28, 1]`, without the batch axis"
            self.wrong(f"the input `{name}`", "a shape", node, help_)
        return Input(name, shape, tuple(options), key.span, True)

    def imports(self, node: Node) -> tuple[Import, ...]:
        if not isinstance(node, Table):
            self.wrong("`imports`", "a mapping of names and places", node)
            return ()
        found = []
        for key, value in node.pairs:
            help_ = f"write `{key.value}: package.module:Class`"
            if not isinstance(value, Scalar) or not isinstance(value.value, str):
                self.wrong(f"the import `{key.value}`", "a string", value, help_)
                continue
            module, colon, attribute = value.value.partition(":")
            if not colon:
                message = f"`{value.value}` does not say module and class"
                self.fault("KS107", message, value.span, help_)
                continue
            found.append(Import(str(key.value), module, attribute, key.span))
        return tuple(found)

    def layers(self, node: Node) -> tuple[Entry, ...]:
        if isinstance(node, Scalar) and node.value is None:
            return ()
        if not isinstance(node, Items):
            help_ = "write one entry a line, each after `- `"
            self.wrong("`layers`", "a list of entries", node, help_)
            return ()
        if len(node.items) > MOST_ENTRIES:
            message = (
                f"{len(node.items):,} entries, and a spec has at most {MOST_ENTRIES:,}"
            )
            raise too_much(message, node.span, "say what recurs as a repeat: `* 100`")
        entries = []
        for item in node.items:
            entry = self.attempt(partial(self.entry, item))
            if entry is not None:
                entries.append(entry)
        return tuple(entries)

    def entry(self, node: Node) -> Entry:
        if isinstance(node, Scalar) and isinstance(node.value, str):
            return parse_line(node)
        if isinstance(node, Table):
            return parse_keyed(node)
        help_ = "an entry is a line, `Dense(8)`, or a mapping, `Dense: {units: 8}`"
        message = f"an entry is a string or a mapping, not {describe(node)}"
        raise Refused(Diagnostic("KS107", message, node.span, help_))

    def blocks(self, node: Node) -> tuple[Block, ...]:
        if not isinstance(node, Table):
            self.wrong("`blocks`", "a mapping of names and blocks", node)
            return ()
        return tuple(
            block for key, value in node.pairs if (block := self.block(key, value))
        )

    def block(self, key: Scalar, node: Node) -> Block | None:
        if not isinstance(node, Table):
            self.wrong(f"the block `{key.value}`", "a mapping with `layers`", node)
            return None
        self.unknown_keys(node, _BLOCK_KEYS, "a block")
        keys = {str(one.value): (one, value) for one, value in node.pairs}
        if "layers" not in keys:
            message = f"the block `{key.value}` needs the key `layers`"
            self.fault("KS108", message, key.span)
        of_block = keys["params"][1] if "params" in keys else None
        return Block(
            name=str(key.value),
            span=key.span,
            description=self.text(keys.get("description"), "`description`"),
            params=self.params(of_block, of_block=True) if of_block else (),
            inputs=self.block_inputs(keys.get("inputs"), key),
            layers=self.layers(keys["layers"][1]) if "layers" in keys else (),
            outputs=self.outputs(keys["outputs"][1]) if "outputs" in keys else None,
        )

    def block_inputs(
        self, pair: tuple[Scalar, Node] | None, key: Scalar
    ) -> tuple[Input, ...]:
        if pair is None:
            return (Input("inputs", None, (), key.span, False),)
        node = pair[1]
        names = node.items if isinstance(node, Items) else (node,)
        found = []
        for name in names:
            if isinstance(name, Scalar) and isinstance(name.value, str):
                found.append(Input(name.value, None, (), name.span, True))
            else:
                self.wrong("`inputs` of a block", "a list of names", name)
        return tuple(found)

    def outputs(self, node: Node) -> Outputs | None:
        if isinstance(node, Scalar):
            found = self.references(node)
            return Outputs(found, None, False, node.span)
        if isinstance(node, Items):
            found = tuple(one for item in node.items for one in self.references(item))
            return Outputs(found, None, True, node.span)
        keys = tuple(str(key.value) for key, _ in node.pairs)
        found = tuple(one for _, value in node.pairs for one in self.references(value))
        return Outputs(found, keys, False, node.span)

    def references(self, node: Node) -> tuple[Reference, ...]:
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            self.wrong("`outputs`", "names of entries", node)
            return ()
        sources = self.attempt(partial(parse_sources, node.value, partial(place, node)))
        found = [source.value for source in sources or ()]
        return tuple(one for one in found if isinstance(one, Reference))

    def section(self, pair: tuple[Scalar, Node] | None, what: str) -> Section | None:
        if pair is None:
            return None
        key, node = pair
        if not isinstance(node, Table):
            self.wrong(what, "a mapping of arguments", node)
            return None
        found = []
        for name, value in node.pairs:
            read = self.attempt(partial(expression, value))
            if read is not None:
                found.append(CallArgument(str(name.value), read, name.span))
        return Section(tuple(found), key.span)

    def override(self, node: Node) -> tuple[Literal, ...]:
        read = self.attempt(partial(expression, node))
        items = read.items if isinstance(read, Sequence) else (read,)
        if not all(
            isinstance(item, Literal) and isinstance(item.value, str) for item in items
        ):
            self.wrong("`override`", "a list of method names", node)
            return ()
        return tuple(item for item in items if isinstance(item, Literal))
