"""Translate arguments: names without modules, strings for functions."""

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
    LOSS_SUFFIX,
    MERGES,
    MODELS,
    NOT_IN_KERAS,
    OBJECTS,
    OF_FLAX,
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
    """Translates expressions that are arguments."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Store the catalogue of Keras 3, and start without messages."""
        self.catalogue = catalogue
        self.source = ""
        self.reasons: list[str] = []
        self.codes: dict[str, str] = {}
        self.variables: dict[str, CodeVariable] = {}
        """Variables that hold layers or values."""

    def note(self, reason: str, code: str = "") -> None:
        """Store a message about the code; the first one is shown.

        Args:
            reason: The message.
            code: The code of the finding, if it does not depend on another finding.
        """
        self.reasons.append(reason)
        if code:
            self.codes[reason] = code

    def text_of(self, variable: CodeVariable, tree: ast.expr | None = None) -> str:
        """Return the text of the value of a variable, or of a piece of it."""
        outer, self.source = self.source, variable.source
        try:
            return self.text(tree or variable.tree)
        finally:
            self.source = outer

    def text(self, tree: ast.expr) -> str:
        """Return the text of an expression.

        Raises:
            Untranslatable: A spec cannot express it.
        """
        if variable := self.variables.get(key_of(tree)):
            return self.text_of(variable)
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
        """Return the source of a tree."""
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
        self.note(attribute_reason(path))
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
        """Return the string for an activation, `""` if there is none."""
        name = ACTIVATIONS.get(name, name)
        return name if self.catalogue.find_string("activations", name) else ""

    def activation_class(self, name: str, args: Sequence[ast.expr]) -> str:
        """Return the string for an activation class of PyTorch, `SiLU()`."""
        has_numbers = any(
            isinstance(arg, ast.Constant) and type(arg.value) in (int, float)
            for arg in args
        )
        is_class = name[:1].isupper() and not has_numbers
        return self.activation(name.lower()) if is_class else ""

    def call(self, tree: ast.Call) -> str:
        """Return the text of a Keras object."""
        path = path_of(tree.func)
        if not path or (path[:-1] and not self.is_owned(path)):
            raise Untranslatable
        if path[:-1]:
            self.note(attribute_reason(path))
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
        """Return the text for a recurrent layer of PyTorch, which may be a stack."""
        names = FIRST[f"torch.{torch}"]
        values = {at: value for at, value in zip(names, tree.args, strict=False)}
        values |= {keyword.arg or "": keyword.value for keyword in tree.keywords}
        count = values.get("num_layers", ast.Constant(1))
        is_repeat = not (isinstance(count, ast.Constant) and count.value == 1)
        argument_names = {argument.name for argument in arguments}
        if is_repeat and "return_sequences" not in argument_names:
            arguments = [*arguments, PastedArgument("return_sequences", "True")]
        call = self.called(name, arguments)
        both = values.get("bidirectional")
        if isinstance(both, ast.Constant) and both.value is True:
            call = f"{facts.BIDIRECTIONAL}({call})"
        return f"{call} * {self.text(count)}" if is_repeat else call

    def is_owned(self, path: Sequence[str]) -> bool:
        """Return whether a dotted name is from Keras, under any name of its module."""
        return is_module(path[:-1]) or self.target(path[-1])[1] is not None

    def arguments(self, tree: ast.Call) -> list[PastedArgument]:
        """Return the arguments of a call."""
        # The first argument of a PyTorch optimizer is `model.parameters()`.
        args = [
            argument for argument in tree.args if not _is_method(argument, "parameters")
        ]
        arguments = [self.argument(argument) for argument in args]
        for keyword in tree.keywords:
            if keyword.arg is None:
                raise Untranslatable
            text = self.quoted_object(keyword.value) or self.text(keyword.value)
            if keyword.arg == "activation":
                # An activation layer of PyTorch becomes a string.
                text = re.sub(rf'{facts.ACTIVATION}\(("\w+")\)', r"\1", text)
            arguments.append(PastedArgument(keyword.arg, text))
        return arguments

    def quoted_object(self, tree: ast.expr) -> str:
        """Return the text of a quoted object: `"l2(0.01)"`."""
        value = tree.value if isinstance(tree, ast.Constant) else None
        string = value if isinstance(value, str) else ""
        inner = expression(string)
        path = path_of(inner.func) if isinstance(inner, ast.Call) else ()
        target = self.target(path[-1])[1] if path else None
        if inner is None or target is None or target.registry == "layers":
            return ""
        outer, self.source = self.source, string
        try:
            text = self.text(inner)
        except Untranslatable:
            return ""
        finally:
            self.source = outer
        self.note(f"`{string}` is an object, which must not be quoted")
        return text

    def argument(self, tree: ast.expr) -> PastedArgument:
        """Return a positional argument, or one with `==` instead of `=`."""
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
        """Return the name that Keras 3 has for a name, and the callable."""
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


def attribute_reason(path: Sequence[str]) -> str:
    """Describe why a spec cannot contain a name with a module: `nn.Linear`."""
    text, name = ".".join(path), path[-1]
    is_class = name[:1].isupper()
    of_torch = path[0] in ("torch", "F") or (
        path[0] == "nn" and is_class and name not in OF_FLAX
    )
    if not of_torch:
        return f"a spec cannot contain the attribute `{text}`"
    what = "a layer" if is_class else "a function"
    if name.endswith(LOSS_SUFFIX):
        what = "a loss"
    elif "optim" in path[:-1]:
        what = "an optimizer"
    return f"`{text}` is {what} of PyTorch, not of Keras"


def is_torch(path: Sequence[str]) -> bool:
    """Return whether a name is from PyTorch: `nn.LSTM`, `Conv2d`."""
    is_of_module = any(part in ("torch", "nn") for part in path[:-1])
    return is_of_module or re.search(r"\dd$", path[-1]) is not None


def _is_method(tree: ast.expr, name: str) -> bool:
    """Return whether an expression is the call of a method."""
    return isinstance(tree, ast.Call) and path_of(tree.func)[1:] == (name,)
