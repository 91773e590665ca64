"""Builds the entries of a random model or block."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.fuzz import steps
from tests.fuzz.notation import Call, Code, Entry, codes
from tests.fuzz.steps import Made, Shape, Tensor

if TYPE_CHECKING:
    from tests.fuzz.specs import Maker

Source = tuple[str, str | tuple[str, ...]]


class Block(NamedTuple):
    """A random block.

    Attributes:
        name: Its name.
        arguments: The tensors that it is called on.
        inputs: The names of its inputs.
        params: Its params, each with the value for its shapes, and whether that is the
            default.
        results: The shapes of its outputs.
        keys: The keys of its outputs, if they are a mapping.
        is_single: Whether its output is a single tensor.
        shaping: The params that change its shapes in another way than as a size.
    """

    name: str
    arguments: tuple[Shape, ...]
    inputs: tuple[str, ...]
    params: tuple[tuple[str, Any, bool], ...]
    results: tuple[Shape, ...]
    keys: tuple[str, ...] | None
    is_single: bool
    shaping: frozenset[str]

    @property
    def keeps(self) -> bool:
        """Whether it can be repeated."""
        return (
            self.is_single
            and len(self.arguments) == 1
            and self.arguments == self.results
        )


class Scope:
    """The entries of a model or block, their tensors, and the params that they use."""

    def __init__(self, spec: Maker, inputs: Sequence[Tensor], depth: int) -> None:
        """Create a scope with inputs; blocks are nested down to a depth."""
        self.spec, self.luck, self.depth = spec, spec.luck, depth
        self.tensors = list(inputs)
        self.unused = [tensor.ref for tensor in inputs]
        self.taken = {tensor.ref.lower() for tensor in inputs}
        self.entries: list[Entry] = []
        self.params: dict[str, Any] = {}
        self.shared: list[tuple[str, Shape, Shape]] = []
        self.pending: Tensor | None = None
        self.is_quiet = False
        self.shaping: set[str] = set()

    def name(self, kind: str = "entry") -> str:
        """Return a name that is not used in the scope."""
        name = self.spec.names.pick(kind, self.taken)
        self.taken.add(name.lower())
        return name

    def param(self, value: Any) -> Code:
        """Return an existing or new param with a value."""
        same = [
            name
            for name, param in self.params.items()
            if type(param) is type(value) and param == value
        ]
        if same and self.luck.random() < 0.6:
            return Code(self.luck.choice(same))
        name = self.name("param")
        self.params[name] = value
        return Code(name)

    def value(self, value: Any) -> Any:
        """Return a value, sometimes as a param or as arithmetic with a param."""
        if self.luck.random() > 0.25:
            return value
        if isinstance(value, int) and not isinstance(value, bool) and value > 1:
            form = self.luck.choice(["", "+", "*"])
            if form == "+":
                return Code(f"{self.param(value - 1).text} + 1")
            if form == "*" and value % 2 == 0:
                return Code(f"{self.param(value // 2).text} * 2")
        return self.param(value)

    def sequences(self) -> Any:
        """Return a value for `return_sequences`; its param must not change in calls."""
        value = self.value(True)
        if isinstance(value, Code):
            self.shaping.add(value.text)
        return value

    def add(
        self,
        call: Call,
        sources: Sequence[Source],
        shapes: Sequence[Shape],
        *,
        named: bool | None = None,
        several: bool = False,
        **more: Any,
    ) -> list[Tensor]:
        """Add an entry, and return its output tensors."""
        refs = [
            ref
            for _, source in sources
            for ref in ([source] if isinstance(source, str) else source)
        ]
        is_named = self.luck.random() < 0.7 if named is None else named
        name = self.name() if is_named or several else ""
        last = self.tensors[-1] if self.entries else None
        implicit = (
            [*sources] == [("", "")]
            or (
                last is not None
                and "[" not in last.ref
                and [*sources] == [("", last.ref)]
                and self.luck.random() < 0.5
            )
        ) and not more.get("constants")
        arguments = () if implicit else tuple(sources)
        self.entries.append(Entry(call, name, arguments, **more))
        self.unused = [item for item in self.unused if item not in refs]
        if several:
            tensors = [
                Tensor(f"{name}[{at}]", shape) for at, shape in enumerate(shapes)
            ]
        else:
            tensors = [Tensor(name, shapes[0])]
        if name:
            self.tensors += tensors
            self.unused += [tensor.ref for tensor in tensors]
            self.pending = None
        else:
            self.pending = tensors[0]
        return tensors

    def single(self, tensor: Tensor, created: Made, **more: Any) -> Tensor:
        """Add a layer with a single input, sometimes repeated."""
        luck, keeps = self.luck, created.shape == tensor.shape
        chance = luck.random()
        call = created.call
        if not more and keeps and chance < 0.15:
            more["repeat"] = self.value(luck.choice([1, 2, 3]))
        elif not more and keeps and chance < 0.3:
            more["condition"] = steps.condition(self)
            if luck.random() < 0.5:
                more["otherwise"] = steps.keeping(self, tensor.shape).call
        elif not more and call.name == "Dense" and chance < 0.3:
            call, more = self.loop(call, created.shape[-1])
        elif not more and call.name.startswith(("Dense", "LSTM")) and chance < 0.5:
            more["condition"] = steps.condition(self)
            more["otherwise"] = call
        (result,) = self.add(call, [("", tensor.ref)], [created.shape], **more)
        is_layer = not call.name.startswith("ops.") and not {"repeat", "loop"} & {*more}
        if result.ref and is_layer:
            self.shared.append((result.ref, tensor.shape, created.shape))
        return result

    def loop(self, call: Call, last: Any) -> tuple[Call, dict[str, Any]]:
        """Add a repeat of `Dense` with several sizes."""
        luck = self.luck
        names = [self.name("loop"), self.name("loop")][: luck.choice([1, 2])]
        columns: list[list[Any]] = [[luck.choice([2, 5]), self.value(last)]]
        columns.append([luck.choice(steps.ACTIVATIONS) for _ in range(2)])
        rows = tuple(zip(*columns[: len(names)], strict=True))
        keys = [
            (key, item)
            for key, item in call.arguments
            if key not in ("units", "activation")
        ]
        keys.insert(0, ("units", Code(names[0])))
        if len(names) > 1:
            keys.append(("activation", Code(names[1])))
        return Call("Dense", tuple(keys)), {"loop": (tuple(names), rows)}

    def pick(self, fits: Callable[[Tensor], bool] = lambda _: True) -> Tensor | None:
        """Return a tensor, preferably an unused one."""
        if self.pending is not None:
            return self.pending if fits(self.pending) else None
        good = [tensor for tensor in self.tensors if fits(tensor)]
        fresh = [tensor for tensor in good if tensor.ref in self.unused]
        if fresh and self.luck.random() < 0.75:
            return self.luck.choice(fresh)
        return self.luck.choice(good) if good else None

    def settle(self) -> None:
        """Name the last result, so that other entries can refer to it."""
        if self.pending is not None:
            tensor = self.pending
            self.add(Call("Identity"), [("", "")], [tensor.shape], named=True)

    def step(self) -> None:
        """Add a random entry."""
        tensor = self.pick()
        if tensor is None:
            return
        if tensor.dtype != "float32":
            self.embed(tensor)
            return
        kinds = [
            self.merge,
            self.attend,
            self.recur,
            self.again,
            self.block,
            self.operate,
        ]
        if self.luck.random() < 0.5 or not self.luck.choice(kinds)(tensor):
            make = self.luck.choice([steps.keeping, steps.changing, steps.changing])
            self.single(tensor, make(self, tensor.shape))

    def embed(self, tensor: Tensor) -> None:
        """Add an embedding of integers."""
        size = self.luck.choice([2, 4])
        arguments = [
            ("input_dim", self.value(tensor.most)),
            ("output_dim", self.value(size)),
        ]
        if self.luck.random() < 0.4:
            arguments.append(("mask_zero", True))
        call = Call("Embedding", tuple(arguments))
        self.add(call, [("", tensor.ref)], [(*tensor.shape, size)])

    def merge(self, tensor: Tensor) -> bool:
        """Add a merge of tensors with the same shape."""
        self.settle()
        same = [
            item
            for item in self.tensors
            if item.shape == tensor.shape and item.dtype == "float32"
        ]
        if not tensor.ref or len(same) < 2:
            return False
        two = self.luck.sample(same, 2)
        if self.luck.random() < 0.3 and isinstance(tensor.shape[-1], int):
            call: Call = Call("Concatenate", (("axis", -1),))
            shape: Shape = (*tensor.shape[:-1], 2 * tensor.shape[-1])
        else:
            call = Call(self.luck.choice([*steps.MERGES, *steps.OF_TWO]))
            shape = tensor.shape
        self.add(call, [("", tensor.ref) for tensor in two], [shape])
        return True

    def attend(self, tensor: Tensor) -> bool:
        """Add attention over a sequence."""
        if len(tensor.shape) != 2 or not tensor.ref or self.pending:
            return False
        others = [
            item
            for item in self.tensors
            if len(item.shape) == 2
            and item.shape[-1] == tensor.shape[-1]
            and item.dtype == "float32"
        ]
        other = self.luck.choice(others).ref
        if self.luck.random() < 0.6:
            arguments = [("num_heads", self.value(2)), ("key_dim", self.value(2))]
            call = Call("MultiHeadAttention", tuple(arguments))
            sources: list[Source] = [("query", tensor.ref), ("value", other)]
            constants = ()
            if other == tensor.ref and self.luck.random() < 0.4:
                constants = (("use_causal_mask", self.value(True)),)
            self.add(call, sources, [tensor.shape], constants=constants)
        else:
            kind = self.luck.choice(["Attention", "AdditiveAttention"])
            self.add(Call(kind), [("", tensor.ref), ("", other)], [tensor.shape])
        return True

    def recur(self, tensor: Tensor) -> bool:
        """Add a recurrent layer that returns its states, and one that uses them."""
        if len(tensor.shape) != 2 or not tensor.ref or self.pending:
            return False
        units = self.luck.choice([2, 3])
        arguments = [("units", self.value(units)), ("return_state", True)]
        every = self.luck.random() < 0.5
        if every:
            arguments.insert(1, ("return_sequences", True))
        first: Shape = (tensor.shape[0], units) if every else (units,)
        result = self.add(
            Call("LSTM", tuple(arguments)),
            [("", tensor.ref)],
            [first, (units,), (units,)],
            several=True,
        )
        if self.luck.random() < 0.7:
            sources: list[Source] = [
                ("sequences", tensor.ref),
                ("initial_state", (result[1].ref, result[2].ref)),
            ]
            self.add(Call("LSTM", (("units", units),)), sources, [(units,)])
        return True

    def again(self, tensor: Tensor) -> bool:
        """Reuse a layer."""
        fits = [item for item in self.shared if item[1] == tensor.shape]
        if not fits:
            return False
        name, _, shape = self.luck.choice(fits)
        self.add(Call("reuse", (("", Code(name)),)), [("", tensor.ref)], [shape])
        return True

    def operate(self, tensor: Tensor) -> bool:
        """Add a function of `keras.ops`."""
        self.single(tensor, steps.operation(self, tensor.shape))
        return True

    def block(self, tensor: Tensor) -> bool:
        """Call a block, sometimes repeated or inside another layer."""
        arguments = [tensor]
        if tensor.ref and not self.pending and self.luck.random() < 0.3:
            floats = [tensor for tensor in self.tensors if tensor.dtype == "float32"]
            arguments.append(self.luck.choice(floats))
        within = (
            len(arguments) == 1 and len(tensor.shape) > 1 and self.luck.random() < 0.25
        )
        shapes = tuple(
            tensor.shape[1:] if within else tensor.shape for tensor in arguments
        )
        block = self.spec.block(self, shapes, single=within)
        if block is None:
            return False
        call = self.call_of(block)
        if within:
            after = (tensor.shape[0], *block.results[0])
            call = Call("TimeDistributed", (("layer", call),))
            self.single(tensor, Made(call, after))
            return True
        sources: list[Source] = [("", tensor.ref) for tensor in arguments]
        if len(arguments) > 1 and self.luck.random() < 0.5:
            sources = list(
                zip(block.inputs, (tensor.ref for tensor in arguments), strict=True)
            )
            self.luck.shuffle(sources)
        more = {}
        if block.keeps and self.luck.random() < 0.4:
            more = {"repeat": self.value(self.luck.choice([1, 2, 3]))}
        elif block.keeps and self.luck.random() < 0.3:
            more = {"condition": steps.condition(self)}
        several = not block.is_single
        result = self.add(call, sources, block.results, several=several, **more)
        if (
            len(arguments) == 1
            and block.is_single
            and result[0].ref
            and "repeat" not in more
        ):
            self.shared.append((result[0].ref, tensor.shape, block.results[0]))
        return True

    def call_of(self, block: Block) -> Call:
        """Return a call of a block with the required and some random arguments."""
        arguments = []
        for name, value, has_default in block.params:
            if has_default and self.luck.random() < 0.6:
                continue
            is_free = isinstance(value, bool) and name not in block.shaping
            if is_free and self.luck.random() < 0.5:
                value = not value
            arguments.append((name, self.value(value)))
        return Call(block.name, tuple(arguments))

    def narrow(self, ref: str) -> str:
        """Convert a tensor to a vector, for a merge at the end."""
        tensor = next(item for item in self.tensors if item.ref == ref)
        if tensor.dtype != "float32":
            self.embed(tensor)
            self.settle()
            return self.narrow(self.tensors[-1].ref)
        while len(tensor.shape) > 1:
            kind = steps.POOLS.get(len(tensor.shape), "")
            call = Call(kind) if kind else Call("ops.mean", (("axis", 1),))
            shape: Shape = tensor.shape[-1:] if kind else tensor.shape[1:]
            (tensor,) = self.add(call, [("", tensor.ref)], [shape], named=True)
        return tensor.ref

    def keep(self, tensor: Tensor, size: int) -> Tensor:
        """Convert a tensor to a vector of a size."""
        ref = self.narrow(tensor.ref)
        (result,) = self.add(
            steps.dense(self, (1,), size).call, [("", ref)], [(size,)], named=True
        )
        return result

    def finish(self, most: int) -> list[Tensor]:
        """Connect all tensors to one of a few results, and return these."""
        self.settle()
        if not self.unused or not self.entries:
            self.settle()
            tensor = self.pick(lambda item: item.dtype == "float32")
            if tensor is None:
                self.embed(self.tensors[0])
                self.settle()
                tensor = self.tensors[-1]
            self.add(Call("Identity"), [("", tensor.ref)], [tensor.shape], named=True)
        for ref in [*self.unused]:
            if (
                next(tensor for tensor in self.tensors if tensor.ref == ref).dtype
                != "float32"
            ):
                self.narrow(ref)
        while len(self.unused) > most:
            refs = [self.narrow(item) for item in self.unused[:3]]
            shapes = [
                tensor.shape
                for ref in refs
                for tensor in self.tensors
                if tensor.ref == ref
            ]
            size = sum(int(shape[0]) for shape in shapes)
            call = Call("Concatenate")
            self.add(call, [("", ref) for ref in refs], [(size,)], named=True)
        return [tensor for tensor in self.tensors if tensor.ref in self.unused]

    def used_params(self, *others: Any) -> dict[str, Any]:
        """Return the params that are used."""
        words = set(re.findall(r"\w+", " ".join(codes((*self.entries, *others)))))
        return {name: value for name, value in self.params.items() if name in words}
