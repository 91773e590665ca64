"""What the rules for shapes work on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.ir.fold import NotConstant, fold
from scaffold.ir.types import Object, Value

Shape = tuple[int | None, ...]
"""The sizes of a tensor, the batch's first; `None` is an axis of any size."""

OPEN_RANK = 7
"""The highest rank that Keras was asked about; it stands for all that are higher."""

Gave = tuple[Shape, ...] | None
"""The shapes of all tensors that a call gives; `None` where they are not known."""


class Misfit(Exception):
    """Raised by a rule where a call cannot be made: Keras refuses these shapes.

    Attributes:
        says: What is wrong, as it goes on after the name of the layer or function.
        help: How to mend it, or `""`.
        wanted: The ranks that are taken, where the rank is what is wrong.
        shape: The shape that does not fit.
        place: Which of the tensors it is.
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
        """Keep what is wrong."""
        super().__init__(says)
        self.says, self.help = says, help_
        self.shape, self.wanted, self.place = shape, wanted, place


class CallShapes(NamedTuple):
    """A call of a layer, or of a function of `keras.ops`.

    Attributes:
        target: What the catalogue says of it.
        arguments: Its arguments.
        scope: What the params come to there.
        tensors: The shapes of the tensors that it is called on, by position.
        named: The shapes of those that it is called on by name.
        constants: What its call takes besides.
        inner: Works out what a layer gives that stands in an argument: called on
            shapes, by position or by name.
        states: The shapes of the tensors that it begins with, `initial_state`.
    """

    target: KerasCallable
    arguments: Mapping[str, Value]
    scope: Mapping[str, Value]
    tensors: tuple[Shape, ...]
    named: Mapping[str, Shape]
    constants: Mapping[str, Value]
    inner: Callable[..., Gave]
    states: tuple[Shape, ...] = ()

    @property
    def shape(self) -> Shape:
        """The shape of the first tensor.

        Raises:
            NotConstant: There is none.
        """
        names = self.target.tensors
        return self.tensor(names[0] if names else "", 0)

    def tensor(self, name: str, place: int) -> Shape:
        """Return the shape of a tensor, by its name or its place.

        Raises:
            NotConstant: There is none.
        """
        if place < len(self.tensors):
            return self.tensors[place]
        if name not in self.named:
            raise NotConstant
        return self.named[name]

    def of(self, name: str) -> Any:
        """Return the value of an argument: what is given, or Keras's default.

        Raises:
            NotConstant: It cannot be worked out, or there is no such argument.
        """
        if name in self.arguments:
            return fold(self.arguments[name], self.scope)
        for argument in self.target.arguments:
            if argument.name == name and not argument.required:
                return argument.default
        raise NotConstant

    def whole(self, name: str) -> int:
        """Return an argument that is a whole number.

        Raises:
            NotConstant: It is none, or cannot be worked out.
        """
        return checked(self.of(name))

    def sizes(self, name: str, rank: int) -> tuple[int, ...]:
        """Return an argument that has a size for each axis; one may stand for all.

        Raises:
            NotConstant: It has not, or cannot be worked out.
        """
        value = self.of(name)
        if not isinstance(value, list | tuple):
            return (checked(value),) * rank
        if len(value) != rank:
            raise NotConstant
        return tuple(map(checked, value))

    def holder(self, name: str) -> Object:
        """Return an argument that is a layer.

        Raises:
            NotConstant: It is none.
        """
        value = self.arguments.get(name)
        if not isinstance(value, Object):
            raise NotConstant
        return value


def checked(value: Any) -> int:
    """Return a whole number.

    Raises:
        NotConstant: It is none.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise NotConstant
    return value


def axis_of(value: Any, shape: Shape) -> int:
    """Return the place of an axis, counted from the front.

    Raises:
        Misfit: There is no such axis.
        NotConstant: It is no whole number.
    """
    axis = checked(value)
    rank = len(shape)
    if not -rank <= axis < rank:
        says = f"works on axis {axis}, and {written(shape)} has {counted(rank)}"
        help_ = f"an axis is a number from {-rank} to {rank - 1}; the batch's is 0"
        raise Misfit(says, help_, shape=shape)
    return axis % rank


def ranked(shape: Shape, *ranks: int, place: int = 0) -> Shape:
    """Return a shape that has as many axes as it should.

    Raises:
        Misfit: It has not.
    """
    if len(shape) not in ranks:
        raise Misfit(
            f"takes {_named(ranks)}, and is called on {written(shape)}",
            shape=shape,
            wanted=ranks,
            place=place,
        )
    return shape


def written(shape: Shape) -> str:
    """Write a shape as Python does: `(None, 28, 28)`."""
    return str(tuple(shape))


def counted(rank: int) -> str:
    """Describe how many axes there are."""
    return "1 axis" if rank == 1 else f"{rank} axes"


def _named(ranks: tuple[int, ...]) -> str:
    *first, last = ranks
    if last == OPEN_RANK and len(ranks) > 1:
        return f"a tensor of {ranks[0]} axes or more (with the batch's)"
    listed = f"{', '.join(map(str, first))} or {last}" if first else str(last)
    return f"a tensor of {listed} axes (with the batch's)"
