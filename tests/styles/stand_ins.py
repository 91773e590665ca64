"""Stand-ins for Keras: they compute nothing, and note what is called on what.

Code in any style runs with them, and `network` compares what comes out: two models are
one if the same layers, shared in the same places, are called on the same tensors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any


class Tensor:
    """What a call gives: of which layer, called on what."""

    def __init__(self, label: str, layer: object = None, *args: Tensor) -> None:
        """Keeps what it was made of."""
        self.label = label
        self.layer = layer
        self.args = args
        self.shape, self.dtype = (None, 4), "float32"
        self.parts: dict[str, Tensor] = {}

    def __getitem__(self, index: object) -> Tensor:
        """Gives one of several tensors, or a part of one: each time the same."""
        label = f"[{index!r}]"
        return self.parts.setdefault(label, Tensor(label, None, self))

    def __iter__(self) -> Iterator[Tensor]:
        """Return the output and both states of an LSTM, the only layer with several."""
        assert isinstance(self.layer, Made) and self.layer.label.startswith("LSTM")
        return iter([self[0], self[1], self[2]])


class Made:
    """A layer that was made with some values, and with layers inside of it."""

    def __init__(self, name: str, values: Iterable[Any], inner: Iterable[Any]) -> None:
        """Keeps what it is; what is inside of it is called on one step."""
        self.label = labelled(name, values)
        self.inner = [
            tensor for item in inner for tensor in leaves(item(Tensor("step")))
        ]

    def __call__(self, *args: Any, **kwargs: Any) -> Tensor:
        """Notes a call; `training` is Keras's own affair."""
        kwargs.pop("training", None)
        label = "".join([self.label, *(f", {key}" for key in kwargs)])
        return Tensor(label, self, *leaves([*args, *kwargs.values()]), *self.inner)


class Nested:
    """A model that is called like a layer, each time with the same layers."""

    def __init__(self, inputs: Any, outputs: Any, name: str = "") -> None:
        """Keeps the inputs, as they were given, and what was made of them."""
        self.inputs, self.outputs = leaves(inputs), outputs

    def __call__(self, arguments: Any) -> Any:
        """Makes of other tensors what was made of the inputs."""
        known = dict(zip(map(id, self.inputs), leaves(arguments), strict=True))

        def renewed(tensor: Tensor) -> Tensor:
            if id(tensor) not in known:
                args = map(renewed, tensor.args)
                known[id(tensor)] = Tensor(tensor.label, tensor.layer, *args)
            return known[id(tensor)]

        return mapped(renewed, self.outputs)


class Layer:
    """The base of generated classes."""

    def __init__(self, **kwargs: Any) -> None:
        """Takes what every layer takes."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Calls `call`, to which Keras says `training` by itself."""
        kwargs.pop("training", None)
        return self.call(*args, **kwargs)

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Is written by each class of its own."""
        raise NotImplementedError


class Module:
    """Stands for `layers` or `ops`: whatever is asked for is there."""

    Layer = Layer

    def __init__(self, *, of_functions: bool) -> None:
        """Makes layers, or calls functions at once."""
        self.of_functions = of_functions

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Gives a class of layers, or a function."""

        def make(*args: Any, **kwargs: Any) -> Any:
            kwargs.pop("name", None)
            arguments = [*args, *kwargs.values()]
            if name == "Identity":
                return lambda tensor, **_: tensor
            if self.of_functions:
                values = [item for item in arguments if not leaves(item)]
                return Tensor(labelled(f"ops.{name}", values), None, *leaves(arguments))
            values = [item for item in arguments if not callable(item)]
            return Made(name, values, [item for item in arguments if callable(item)])

        return make


class Keras:
    """Stands for `keras`."""

    Model = Nested

    @staticmethod
    def Input(**kwargs: Any) -> Tensor:  # noqa: N802 - Keras's own name
        """Makes an input."""
        return Tensor("input")

    class saving:  # noqa: N801 - Keras's own name
        """Stands for `keras.saving`."""

        @staticmethod
        def register_keras_serializable(package: str) -> Callable[[Any], Any]:
            """Leaves a class as it is."""
            return lambda result: result


class KerasOfClasses(Keras):
    """Stands for `keras` where models are classes."""

    Model = Layer  # type: ignore[assignment]  # that is the difference


def labelled(name: str, values: Iterable[Any]) -> str:
    """Writes a call, whatever way its arguments are given in."""
    return f"{name}({', '.join(sorted(map(repr, values)))})"


def leaves(results: Any) -> list[Tensor]:
    """Gives the tensors in lists, dictionaries, or by themselves."""
    if isinstance(results, Tensor):
        return [results]
    if isinstance(results, dict):
        results = list(results.values())
    if isinstance(results, list | tuple):
        return [tensor for item in results for tensor in leaves(item)]
    return []


def mapped(change: Callable[[Tensor], Tensor], results: Any) -> Any:
    """Changes the tensors in lists, dictionaries, or by themselves."""
    if isinstance(results, dict):
        return {key: mapped(change, value) for key, value in results.items()}
    if isinstance(results, list | tuple):
        return [mapped(change, item) for item in results]
    return change(results)


def network(outputs: Any, inputs: list[Tensor]) -> list[str]:
    """Writes a network down: each call once, with numbers for what it is called on."""
    lines: list[str] = []
    numbers: dict[int, int] = {
        id(item): -number for number, item in enumerate(inputs, 1)
    }
    layers: dict[int, int] = {}

    def visit(tensor: Tensor) -> Iterator[Tensor]:
        stack = [tensor]
        while stack:
            left = [
                argument for argument in stack[-1].args if id(argument) not in numbers
            ]
            if id(stack[-1]) in numbers:
                stack.pop()
            elif left:
                stack.append(left[0])
            else:
                yield stack.pop()

    for output in leaves(outputs):
        for tensor in visit(output):
            layer = ""
            if tensor.layer is not None:
                layer = f" #{layers.setdefault(id(tensor.layer), len(layers))}"
            args = ", ".join(str(numbers[id(argument)]) for argument in tensor.args)
            numbers[id(tensor)] = len(lines)
            lines.append(f"{tensor.label}{layer} <- {args}")
    return [*lines, *(str(numbers[id(leaf)]) for leaf in leaves(outputs))]
