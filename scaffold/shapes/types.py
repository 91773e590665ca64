"""The types that the shape rules use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.ir.fold import NotConstant, fold
from scaffold.ir.types import Object, Value

Shape = tuple[int | None, ...]
"""The sizes of a tensor, batch axis first; `None` is an axis of unknown size."""

OPEN_RANK = 7
"""The highest rank in the catalogue; it also represents all higher ranks."""

OutputShapes = tuple[Shape, ...] | None
"""The shapes of all outputs of a call; `None` if they are not known."""


class Misfit(Exception):
    """Raised by a rule if a call is impossible: Keras rejects these shapes.

    Attributes:
        says: The message, as it continues after the name of the layer or function.
        help: How to fix it, or `""`.
        wanted: The accepted ranks, if the rank is wrong.
        shape: The shape that does not fit.
        place: The index of the tensor with that shape.
    """

    def __init__(
        self,
        says: str,
        help_: str = "",
        *,
        shape: Shape = (),
        wanted: tuple[int, ...] = (),
        place: int = 0,
    ) -> None:
        """Store the message, the help and the shape."""
        super().__init__(says)
        self.says, self.help = says, help_
        self.shape, self.wanted, self.place = shape, wanted, place


class CallShapes(NamedTuple):
    """A call of a layer, or of a function of `keras.ops`.

    Attributes:
        target: The callable in the catalogue.
        arguments: Its arguments.
        scope: The values of the params.
        tensors: The shapes of the tensors passed by position.
        named: The shapes of the tensors passed by keyword.
        constants: The other arguments of the call.
        inner: Returns the output shapes of a layer in an argument, called on shapes by
            position or by keyword.
        states: The shapes of the tensors in `initial_state`.
    """

    target: KerasCallable
    arguments: Mapping[str, Value]
    scope: Mapping[str, Value]
    tensors: tuple[Shape, ...]
    named: Mapping[str, Shape]
    constants: Mapping[str, Value]
    inner: Callable[..., OutputShapes]
    states: tuple[Shape, ...] = ()

    @property
    def shape(self) -> Shape:
        """The shape of the first tensor.

        Raises:
            NotConstant: There is no tensor.
        """
        names = self.target.tensors
        return self.tensor(names[0] if names else "", 0)

    def tensor(self, name: str, position: int) -> Shape:
        """Return the shape of a tensor, by its position or its name.

        Raises:
            NotConstant: There is no such tensor.
        """
        if position < len(self.tensors):
            return self.tensors[position]
        if name not in self.named:
            raise NotConstant
        return self.named[name]

    def of(self, name: str) -> Any:
        """Return the value of an argument, or Keras's default.

        Raises:
            NotConstant: The value is not known, or there is no such argument.
        """
        if name in self.arguments:
            return fold(self.arguments[name], self.scope)
        for argument in self.target.arguments:
            if argument.name == name and not argument.required:
                return argument.default
        raise NotConstant

    def whole(self, name: str) -> int:
        """Return the value of an integer argument.

        Raises:
            NotConstant: The value is not an integer, or is not known.
        """
        return checked(self.of(name))

    def sizes(self, name: str, rank: int) -> tuple[int, ...]:
        """Return the value of an argument with one size per axis, or one for all axes.

        Raises:
            NotConstant: The number of sizes is wrong, or the value is not known.
        """
        value = self.of(name)
        if not isinstance(value, list | tuple):
            return (checked(value),) * rank
        if len(value) != rank:
            raise NotConstant
        return tuple(map(checked, value))

    def holder(self, name: str) -> Object:
        """Return the value of an argument that is a layer.

        Raises:
            NotConstant: The value is not a layer.
        """
        value = self.arguments.get(name)
        if not isinstance(value, Object):
            raise NotConstant
        return value


def checked(value: Any) -> int:
    """Return a value if it is an integer.

    Raises:
        NotConstant: The value is not an integer.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise NotConstant
    return value


def axis_of(value: Any, shape: Shape) -> int:
    """Return the non-negative index of an axis.

    Raises:
        Misfit: There is no such axis.
        NotConstant: The axis is not an integer.
    """
    axis = checked(value)
    rank = len(shape)
    if not -rank <= axis < rank:
        message = f"uses axis {axis}, but {written(shape)} has {counted(rank)}"
        help_ = f"use an axis from {-rank} to {rank - 1}; the batch axis is 0"
        raise Misfit(message, help_, shape=shape)
    return axis % rank


def ranked(shape: Shape, *ranks: int, place: int = 0) -> Shape:
    """Return a shape if its rank is allowed.

    Raises:
        Misfit: The rank is not allowed.
    """
    if len(shape) not in ranks:
        raise Misfit(
            f"requires {_named(ranks)}, but is called on {written(shape)}",
            shape=shape,
            wanted=ranks,
            place=place,
        )
    return shape


def written(shape: Shape) -> str:
    """Format a shape as in Python: `(None, 28, 28)`."""
    return str(tuple(shape))


def counted(rank: int) -> str:
    """Return a number of axes as text."""
    return "1 axis" if rank == 1 else f"{rank} axes"


def _named(ranks: tuple[int, ...]) -> str:
    *first, last = ranks
    if last == OPEN_RANK and len(ranks) > 1:
        return f"a tensor with at least {ranks[0]} axes (including the batch axis)"
    listed = f"{', '.join(map(str, first))} or {last}" if first else str(last)
    return f"a tensor with {listed} axes (including the batch axis)"
