"""Writes the source of a spec, and takes pieces of it."""

from __future__ import annotations

import ast
import re
import textwrap

from scaffold.diagnostics import report
from scaffold.pipeline import Source, generate


def written(spec: str, style: str = "sequential") -> str:
    """Writes a spec's source.

    Raises:
        ValueError: A finding stands in the way.
    """
    result, checked = generate(Source(spec.encode(), "model.yaml"), style)
    if result is None:
        raise ValueError(report(checked.diagnostics, "short"))
    return result.text


def function_of(text: str, name: str) -> ast.FunctionDef:
    """Gives a function of a module."""
    (result,) = (
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name == name
    )
    return result


def body(text: str, function: str) -> str:
    """Gives the body of a function or method, as it is written, without docstring."""
    (result,) = (
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name == function
    )
    first = result.body[ast.get_docstring(result) is not None]
    # A comment has no place in the tree.
    begin = result.lineno if first is result.body[0] else first.lineno - 1
    lines = text.splitlines()[begin : result.end_lineno]
    return textwrap.dedent("\n".join(lines)) + "\n"


class Trace:
    """Stands for all that code calls, and notes how it was made."""

    def __init__(self, text: str = "") -> None:
        """Begins with what is written for it."""
        self.text = text

    def __getattr__(self, name: str) -> Trace:
        """Gives a function of a module; of a tensor, what an input takes from it."""
        if self.text and name in ("shape", "dtype"):
            return Trace(f"{self.text}.{name}")
        if self.text or name.startswith("_"):
            raise AttributeError(f"{self.text} is no module: it has no {name}")
        return Trace(name)

    def __getitem__(self, index: object) -> Trace:
        """Gives one of several."""
        return Trace(f"{self.text}[{index!r}]")

    def __call__(self, *args: object, **kwargs: object) -> Trace:
        """Notes a call."""
        if self.text == "Input":
            return Trace(f"Input({kwargs.get('name')})")
        if self.text == "Model":
            result = f"{args[0]!r} -> {args[1]!r}"
            # The model itself has a name that is a constant.
            is_inner = kwargs["name"] not in ("m", "model")
            return Trace(f"[{result}]" if is_inner else result)
        arguments = [
            *map(repr, args),
            *(f"{key}={value!r}" for key, value in kwargs.items()),
        ]
        return Trace(f"{self.text}({', '.join(arguments)})")

    def __repr__(self) -> str:
        """Gives what it is made of."""
        return self.text


def evaluated(text: str, **params: object) -> str:
    """Runs a functional `build_model`, and says what becomes of which input."""
    functions = [
        statement
        for statement in ast.parse(text).body
        if isinstance(statement, ast.FunctionDef)
    ]
    scope: dict[str, object] = {name: Trace() for name in ("keras", "layers", "ops")}
    exec(compile(ast.Module([*functions], []), "model.py", "exec"), scope)
    build_model = scope["build_model"]
    assert callable(build_model)
    return repr(build_model(**params))


def functional(spec: str) -> str:
    """Gives the body of `build_model` in the functional style."""
    return body(written(spec, "functional"), "build_model")


def called(spec: str) -> str:
    """Gives the body of `call` in the subclass style, without the check of inputs."""
    text = body(written(spec, "subclass"), "call")
    check = r"\Aif not isinstance\(inputs.*?\n    raise (?:[^\n]*\)|.*?\n    \))\n"
    return re.sub(check, "", text, flags=re.S)


def signature(spec: str, name: str = "call") -> str:
    """Gives the line that begins a function in the subclass style."""
    lines = written(spec, "subclass").splitlines()
    (head,) = (
        line.strip() for line in lines if line.lstrip().startswith(f"def {name}(")
    )
    return head


def created_layers(spec: str) -> str:
    """Gives the body of `__init__` in the subclass style."""
    return body(written(spec, "subclass"), "__init__")


def class_of(text: str, name: str) -> dict[str, str]:
    """Gives the methods of a class, each by its name."""
    (results,) = (
        statement
        for statement in ast.parse(text).body
        if isinstance(statement, ast.ClassDef) and statement.name == name
    )
    whole = "\n".join(text.splitlines()[results.lineno - 1 : results.end_lineno])
    methods = [
        statement.name
        for statement in results.body
        if isinstance(statement, ast.FunctionDef)
    ]
    return {method: body(whole, method) for method in methods}
