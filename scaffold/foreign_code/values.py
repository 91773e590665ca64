"""Pasted expressions as a spec has them: no modules, strings for functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from scaffold.catalogue import OBJECT_REGISTRIES, Catalogue, KerasCallable, Registry
from scaffold.catalogue.facts import layers as facts
from scaffold.catalogue.facts.dtypes import DTYPES
from scaffold.catalogue.foreign_arguments import FIRST
from scaffold.catalogue.foreign_names import (
    ACTIVATIONS,
    INITIALIZERS,
    LAYERS,
    MERGES,
    MODELS,
    NOT_IN_KERAS,
    OBJECTS,
    OF_TORCH,
    STACKED,
)
from scaffold.foreign_code.arguments import (
    PastedArgument,
    decayed,
    per_head,
    translate,
)
from scaffold.foreign_code.parsing import expression
from scaffold.foreign_code.steps import Untranslatable
from scaffold.foreign_code.variables import CodeVariable, is_module, key_of, path_of

_BY_STRING: tuple[Registry, ...] = (
    "initializers",
    "regularizers",
    "constraints",
    "losses",
    "metrics",
    "optimizers",
)


class Values:
    """Writes expressions that are arguments."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep what Keras 3 offers, and begin without findings."""
        self.catalogue = catalogue
        self.source = ""
        self.reasons: list[str] = []
        self.codes: dict[str, str] = {}
        self.things: dict[str, CodeVariable] = {}
        """Variables that hold layers and values."""

    def note(self, reason: str, code: str = "") -> None:
        """Keep what is wrong with the code: the first of it is its message.

        Args:
            reason: The message.
            code: The code of the finding, where no other finding has to say it.
        """
        self.reasons.append(reason)
        if code:
            self.codes[reason] = code

    def text_of(self, thing: CodeVariable, tree: ast.expr | None = None) -> str:
        """Return the text of what a variable holds, or of a piece of that."""
        kept, self.source = self.source, thing.source
        try:
            return self.text(tree or thing.tree)
        finally:
            self.source = kept

    def text(self, tree: ast.expr) -> str:
        """Return the text of an expression.

        Raises:
            Untranslatable: A spec cannot say it.
        """
        if thing := self.things.get(key_of(tree)):
            return self.text_of(thing)
        match tree:
            case ast.Constant(value=str() as value) if '"' not in value:
                written = repr(value)[1:-1].replace("\\'", "'")
                return f'"{written}"'
            case ast.List(elts=items):
                return f"[{', '.join(map(self.text, items))}]"
            case ast.Tuple(elts=items):
                comma = "," if len(items) == 1 else ""
                return f"({', '.join(map(self.text, items))}{comma})"
            case ast.Dict():
                return self.mapping(tree)
            case ast.BinOp() | ast.UnaryOp() | ast.BoolOp() | ast.Compare():
                return self.piece(tree)
            case ast.Attribute():
                return self.attribute(tree)
            case ast.Call():
                return self.call(tree)
            case ast.Constant() | ast.Name():
                return self.piece(tree)
        raise Untranslatable

    def piece(self, tree: ast.expr) -> str:
        """Return what the source has for a tree."""
        return ast.get_source_segment(self.source, tree) or ast.unparse(tree)

    def mapping(self, tree: ast.Dict) -> str:
        """Return the text of a dictionary."""
        if None in tree.keys:
            raise Untranslatable
        keys = [key for key in tree.keys if key is not None]
        pairs = zip(keys, tree.values, strict=True)
        listed = (f"{self.text(key)}: {self.text(value)}" for key, value in pairs)
        return f"{{{', '.join(listed)}}}"

    def attribute(self, tree: ast.Attribute) -> str:
        """Return the string or the class that `tf.nn.relu` stands for."""
        path = path_of(tree)
        if not path or not is_module(path[:-1]):
            raise Untranslatable
        self.note(f"a spec cannot hold the attribute `{'.'.join(path)}`")
        name = path[-1]
        if (string := self.activation(name)) or name in DTYPES:
            return f'"{string or name}"'
        if name[:1].isupper():
            return f"{LAYERS.get(name, name)}()"
        for family in _BY_STRING:
            if self.catalogue.find_string(family, name):
                return f'"{name}"'
        if name in INITIALIZERS:
            return f'"{INITIALIZERS[name]}"'
        raise Untranslatable

    def activation(self, name: str) -> str:
        """Return the string of an activation, `""` where there is none."""
        name = ACTIVATIONS.get(name, name)
        return name if self.catalogue.find_string("activations", name) else ""

    def activation_class(self, name: str, args: Sequence[ast.expr]) -> str:
        """Return the string of an activation that is a class of PyTorch, `SiLU()`."""
        has_numbers = any(
            isinstance(each, ast.Constant) and type(each.value) in (int, float)
            for each in args
        )
        is_class = name[:1].isupper() and not has_numbers
        return self.activation(name.lower()) if is_class else ""

    def call(self, tree: ast.Call) -> str:
        """Return the text of a Keras object."""
        path = path_of(tree.func)
        if not path or (path[:-1] and not self.is_owned(path)):
            raise Untranslatable
        if path[:-1]:
            self.note(f"a spec cannot hold the attribute `{'.'.join(path)}`")
        if path[-1] in ("get", "deserialize") and len(tree.args) == 1:
            return self.text(tree.args[0])
        if path[-1] in OBJECTS:
            return OBJECTS[path[-1]]
        torch = is_torch(path)
        name, target = self.target(
            OF_TORCH.get(path[-1], path[-1]) if torch else path[-1]
        )
        if target is None:
            if string := self.activation_class(path[-1], tree.args):
                return f'{facts.ACTIVATION}("{string}")'
            if path[-1] in ("Merge", "merge"):
                return self.merge(tree)
            if path[:-1] and not path[-1][:1].isupper():
                raise Untranslatable
            if torch and path[-1][:1].isupper() and path[-1] not in MODELS:
                raise Untranslatable(NOT_IN_KERAS)
            return self.called(path[-1], self.arguments(tree))
        arguments = per_head(path[-1], self.arguments(tree))
        arguments = translate(path[-1], arguments, target, torch=torch)
        if torch and path[-1] in STACKED:
            return self.stack(path[-1], name, arguments, tree)
        return self.called(name, decayed(arguments, target))

    def stack(
        self, torch: str, name: str, arguments: list[PastedArgument], tree: ast.Call
    ) -> str:
        """Return the text of a recurrent layer of PyTorch, which may be several."""
        names = FIRST[f"torch.{torch}"]
        values = {at: value for at, value in zip(names, tree.args, strict=False)}
        values |= {each.arg or "": each.value for each in tree.keywords}
        count = values.get("num_layers", ast.Constant(1))
        is_row = not (isinstance(count, ast.Constant) and count.value == 1)
        if is_row and not any(each.name == "return_sequences" for each in arguments):
            arguments = [*arguments, PastedArgument("return_sequences", "True")]
        call = self.called(name, arguments)
        both = values.get("bidirectional")
        if isinstance(both, ast.Constant) and both.value is True:
            call = f"{facts.BOTH_WAYS}({call})"
        return f"{call} * {self.text(count)}" if is_row else call

    def is_owned(self, path: Sequence[str]) -> bool:
        """Return whether a dotted name is Keras's, under any name of its module."""
        return is_module(path[:-1]) or self.target(path[-1])[1] is not None

    def arguments(self, tree: ast.Call) -> list[PastedArgument]:
        """Return the arguments of a call."""
        # PyTorch's optimizers begin with what they train.
        args = [
            argument for argument in tree.args if not _is_method(argument, "parameters")
        ]
        arguments = [self.argument(argument) for argument in args]
        for keyword in tree.keywords:
            if keyword.arg is None:
                raise Untranslatable
            text = self.quoted_object(keyword.value) or self.text(keyword.value)
            if keyword.arg == "activation":
                # A layer of PyTorch that is an activation is a string here.
                text = re.sub(rf'{facts.ACTIVATION}\(("\w+")\)', r"\1", text)
            arguments.append(PastedArgument(keyword.arg, text))
        return arguments

    def quoted_object(self, tree: ast.expr) -> str:
        """Return the text of an object that stands in quotes: `"l2(0.01)"`."""
        value = tree.value if isinstance(tree, ast.Constant) else None
        string = value if isinstance(value, str) else ""
        inner = expression(string)
        path = path_of(inner.func) if isinstance(inner, ast.Call) else ()
        target = self.target(path[-1])[1] if path else None
        if inner is None or target is None or target.registry == "layers":
            return ""
        kept, self.source = self.source, string
        try:
            text = self.text(inner)
        except Untranslatable:
            return ""
        finally:
            self.source = kept
        self.note(f"`{string}` is an object, which must not be quoted")
        return text

    def argument(self, tree: ast.expr) -> PastedArgument:
        """Return an argument by position, or one with `==` for its `=`."""
        match tree:
            case ast.Compare(
                left=ast.Name(id=name), ops=[ast.Eq()], comparators=[value]
            ):
                self.note("an argument is set with `=`, not `==`")
                return PastedArgument(name, self.text(value))
        return PastedArgument("", self.text(tree))

    def called(self, name: str, arguments: Sequence[PastedArgument]) -> str:
        """Return the text of a call."""
        listed = (
            f"{argument.name}={argument.text}" if argument.name else argument.text
            for argument in arguments
        )
        return f"{name}({', '.join(listed)})"

    def target(self, name: str) -> tuple[str, KerasCallable | None]:
        """Find what a name stands for in Keras 3, and the name that it has there."""
        new = LAYERS.get(name, name)
        for family in OBJECT_REGISTRIES:
            if target := self.catalogue.find(family, new):
                return (new if new[:1].isupper() else target.name), target
        if name[:1].isupper():
            return new, None
        bare = INITIALIZERS.get(name, name)
        for family in _BY_STRING:
            match = self.catalogue.find(family, bare)
            if target := match or self.catalogue.find_string(family, bare):
                return target.name, target
        return new, None

    def merge(self, tree: ast.Call) -> str:
        """Return the layer for a `Merge` of Keras 1."""
        keywords = {keyword.arg: keyword.value for keyword in tree.keywords}
        mode = keywords.get("mode", tree.args[1] if len(tree.args) > 1 else None)
        name = facts.SUM
        if isinstance(mode, ast.Constant):
            name = MERGES.get(str(mode.value), "")
        axis = keywords.get("concat_axis", keywords.get("dot_axes"))
        if not name or (mode is not None and not isinstance(mode, ast.Constant)):
            raise Untranslatable
        if axis is None or name not in (facts.JOIN, facts.DOT):
            return f"{name}({'axes=1' if name == facts.DOT else ''})"
        return f"{name}({'axis' if name == facts.JOIN else 'axes'}={self.text(axis)})"


def is_torch(path: Sequence[str]) -> bool:
    """Return whether a name is PyTorch's: `nn.LSTM`, `Conv2d`."""
    is_of_module = any(part in ("torch", "nn") for part in path[:-1])
    return is_of_module or re.search(r"\dd$", path[-1]) is not None


def _is_method(tree: ast.expr, name: str) -> bool:
    """Return whether an expression is the call of a method."""
    return isinstance(tree, ast.Call) and path_of(tree.func)[1:] == (name,)
