"""Runs `recurse` and `loop` in plain Python: node by node, example by example."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import keras
from keras.src.backend import get_keras_mask, set_keras_mask

from scaffold.verify.reference.run_context import BROKEN, RunContext

Run = Callable[..., Any]
"""Calls a block or a layer on tensors; the result may be `BROKEN`."""


class RunnableStep:
    """A block or a layer that can be called on tensors."""

    def __init__(self, run: Run, layers: Callable[[], Iterator[Any]]) -> None:
        """Store the function to call, and a function that yields the layers."""
        self.run, self.layers = run, layers


class Recursion:
    """A cell that runs over the nodes of trees."""

    def __init__(self, cell: RunnableStep) -> None:
        """Store the cell."""
        self._cell = cell

    def layers(self) -> Iterator[Any]:
        """Yield the layers created so far."""
        yield from self._cell.layers()

    def run(self, nodes: Any, children: Any) -> Any:
        """Return the state of every node, of shape (batch, nodes, features).

        Args:
            nodes: The nodes, of shape (batch, nodes, features).
            children: The indices of children, integers of shape (batch, nodes, arity).

        Raises:
            ValueError: If the shapes do not match.
        """
        if _is_symbolic(nodes):
            return self._trace(nodes, children)
        if tuple(nodes.shape[:2]) != tuple(children.shape[:2]):
            raise ValueError("the numbers of nodes and of lists of children differ")
        indices = keras.ops.convert_to_numpy(children).astype("int64")
        examples = [
            self._tree(nodes[number : number + 1], indices[number])
            for number in range(nodes.shape[0])
        ]
        if any(example is BROKEN for example in examples):
            return BROKEN
        states = keras.ops.concatenate(examples, axis=0)
        # The state of a padding node is padding, so the mask is passed on.
        if (mask := get_keras_mask(nodes)) is not None:
            set_keras_mask(states, mask)
        return states

    def _trace(self, nodes: Any, children: Any) -> Any:
        """Compute the output shape, and build the cell."""
        if len(nodes.shape) != 3 or len(children.shape) != 3:
            raise ValueError("`nodes` and `children` must have three axes each")
        batch, _, features = nodes.shape
        arity = children.shape[2]
        shapes = {"node": (batch, features), "children": (batch, arity, features)}
        state = self._cell.run(
            **{
                name: keras.KerasTensor(shape, nodes.dtype)
                for name, shape in shapes.items()
            }
        )
        if state is BROKEN:
            return BROKEN
        if tuple(state.shape) != shapes["node"]:
            result = (
                f"the cell returns {tuple(state.shape)} for a node of {shapes['node']}"
            )
            raise ValueError(f"{result}: a state must have the shape of a node")
        return keras.KerasTensor(nodes.shape, state.dtype)

    def _tree(self, nodes: Any, indices: Any) -> Any:
        """Run the cell over one tree; input and output are (1, nodes, features)."""
        states: list[Any] = []
        for number in range(nodes.shape[1]):
            node = nodes[:, number]
            children = [
                states[index] if 0 <= index < number else keras.ops.zeros_like(node)
                for index in indices[number]
            ]
            state = self._cell.run(
                node=node, children=keras.ops.stack(children, axis=1)
            )
            if state is BROKEN:
                return BROKEN
            states.append(state)
        return keras.ops.stack(states, axis=1)


class StepLoop:
    """A step that each example repeats until its stop condition holds."""

    def __init__(
        self,
        context: RunContext,
        step: RunnableStep,
        until: RunnableStep,
        max_steps: int,
    ) -> None:
        """Store the step, the stop condition and the largest number of steps."""
        self._context = context
        self._step, self._until, self._max_steps = step, until, max_steps

    def layers(self) -> Iterator[Any]:
        """Yield the layers created so far."""
        yield from self._step.layers()
        yield from self._until.layers()

    def run(self, state: Any) -> Any:
        """Return the last state of every example.

        Args:
            state: The first state, of shape (batch, ...).

        Raises:
            ValueError: If a step changes the shape, or `until` does not return one
                number for each example.
        """
        if _is_symbolic(state):
            return self._trace(state)
        self._context.steps_taken.append([])
        examples = [
            self._run_example(state[number : number + 1])
            for number in range(state.shape[0])
        ]
        if any(example is BROKEN for example in examples):
            return BROKEN
        return keras.ops.concatenate(examples, axis=0)

    def _trace(self, state: Any) -> Any:
        after = self._step.run(state)
        number = BROKEN if after is BROKEN else self._until.run(after)
        if number is BROKEN:
            return BROKEN
        if tuple(after.shape) != tuple(state.shape):
            result = f"the step turns {tuple(state.shape)} into {tuple(after.shape)}"
            raise ValueError(f"{result}: it must not change the shape of the state")
        if any(axis != 1 for axis in number.shape[1:]):
            result = f"`until` returns {tuple(number.shape)}"
            raise ValueError(f"{result}, and should return one number for each example")
        return keras.KerasTensor(state.shape, after.dtype)

    def _run_example(self, state: Any) -> Any:
        count, stops = 0, False
        while count < self._max_steps and not stops:
            state, count = self._step.run(state), count + 1
            number = BROKEN if state is BROKEN else self._until.run(state)
            if number is BROKEN:
                return BROKEN
            stops = bool(keras.ops.reshape(number, ()) > 0.5)
        self._context.steps_taken[-1].append(count)
        return state


def _is_symbolic(tensor: Any) -> bool:
    return isinstance(tensor, keras.KerasTensor)
