"""Specs made by chance: graphs with blocks, rows, choices and second uses."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

_NAMES = (
    *("x", "y", "i", "h", "out", "outputs", "inputs", "layer", "block", "dense"),
    *("add", "b", "row", "normal", "encoder", "two", "data", "model", "left", "memory"),
)
_PARAMS = "width: 4, depth: 2, flag: {flag}"
_OF_BLOCKS = ((), ("width",), ("flag", "depth"))


class Block(NamedTuple):
    """A block that can be called.

    Attributes:
        name: Its name.
        inputs: Its inputs.
        params: Its params.
        outputs: How many tensors it gives in a list or a mapping; 0 for one by itself.
    """

    name: str
    inputs: tuple[str, ...]
    params: tuple[str, ...]
    outputs: int


class Entries:
    """The entries of a model or a block, in the making."""

    def __init__(
        self,
        luck: random.Random,
        inputs: Sequence[str],
        params: Sequence[str],
        blocks: Sequence[Block],
    ) -> None:
        """Begins with the inputs."""
        self.luck, self.params, self.blocks = luck, params, blocks
        self.tensors = list(inputs)
        self.unused = list(inputs)
        self.lines: list[str] = []
        self.shared: list[tuple[str, Sequence[str], int]] = []
        self.names = [name for name in _NAMES if name not in (*inputs, *params)]
        luck.shuffle(self.names)
        self.names = [*(f"k{number}" for number in range(99)), *self.names]
        self.nameless = False

    def fill(self, count: int) -> None:
        """Adds entries, until all that there is leads to an output."""
        for _ in range(count):
            self.add()
        if "width" in self.params:
            self.entry("Dense(width)", ("",))
        if "depth" in self.params:
            self.entry(f"{self.dense()} * depth", ("",))
        if "flag" in self.params:
            self.entry(f"{self.dense()} if flag else Flatten()", ("",))
        for block in self.blocks:
            if not any(f"{block.name}(" in line for line in self.lines):
                self.call(block)
        while self.nameless or len(self.unused) > 1:
            merged = ("",) * min(3, len(self.unused))
            call = "Flatten()" if self.nameless else "Concatenate()"
            self.entry(call, ("",) if self.nameless else merged, is_last=True)

    def dense(self) -> str:
        """Gives a layer that no other entry has."""
        return f"Dense({self.luck.randrange(10_000, 99_999)})"

    def add(self) -> None:
        """Adds an entry of some kind."""
        kind = self.luck.random()
        if kind < 0.3 and self.blocks:
            self.call(self.luck.choice(self.blocks))
        elif kind < 0.4 and self.shared:
            name, inputs, outputs = self.luck.choice(self.shared)
            self.entry(f"reuse({name})", inputs, outputs=outputs)
        elif kind < 0.6:
            merge = ["Add()", "Multiply()", "ops.add()", "Concatenate()"]
            call = self.luck.choice(merge)
            self.entry(self.modified(call, self.luck.choice(merge)), ("", ""))
        elif kind < 0.7:
            call = f"MultiHeadAttention({self.luck.randrange(100, 999)}, 2)"
            self.entry(self.modified(call, ""), ("query=", "value="))
        elif kind < 0.75:
            units = self.luck.randrange(1000, 9999)
            self.entry(f"LSTM({units}, return_state=True)", ("",), outputs=3)
        else:
            call = self.luck.choice([self.dense(), self.dense(), "ops.relu()"])
            self.entry(self.modified(call, self.dense()), ("",))

    def call(self, block: Block) -> None:
        """Adds the call of a block, at times in a row or inside of another layer."""
        values = {"width": "7", "depth": "3", "flag": "False"}
        arguments = ", ".join(f"{name}={values[name]}" for name in block.params)
        call = f"{block.name}({arguments})"
        prefixes = [f"{name}=" for name in block.inputs]
        if self.luck.random() < 0.6:
            prefixes = [""] * len(prefixes)
        elif self.luck.random() < 0.5:
            prefixes.reverse()
        if len(prefixes) == 1 and not block.outputs and self.luck.random() < 0.2:
            call = f"TimeDistributed({call})"
            prefixes = [""]
        elif not block.outputs and self.luck.random() < 0.4:
            other = self.dense() if len(prefixes) == 1 and not prefixes[0] else ""
            call = self.modified(call, other)
        self.entry(call, prefixes, outputs=block.outputs)

    def modified(self, call: str, other: str) -> str:
        """Makes a call a row or a choice, at times."""
        kind = self.luck.random()
        if kind < 0.2:
            return f"{call} * {self.luck.choice([0, 1, 2, 3, *self.depth()])}"
        if kind < 0.3 and call.startswith("Dense("):
            return f"Dense(u) for u in [{self.luck.randrange(1, 99)}, 2]"
        if kind < 0.45 and "flag" in self.params and other:
            return f"{call} if {self.luck.choice(['flag', 'not flag'])} else {other}"
        if kind < 0.5 and "depth" in self.params and other.startswith("Dense("):
            return f"{call} if depth > 2"
        return call

    def depth(self) -> list[str]:
        """Gives the counts that params can say."""
        return ["depth", "(depth - 1)"] if "depth" in self.params else []

    def entry(
        self,
        call: str,
        prefixes: Sequence[str],
        *,
        outputs: int = 0,
        is_last: bool = False,
    ) -> None:
        """Adds an entry, called on what nothing uses yet or on anything else."""
        if self.nameless and len(prefixes) > 1:
            self.entry("Flatten()", ("",), is_last=True)
        text = call
        if not self.nameless:
            picked = [self.pick(number) for number in range(len(prefixes))]
            passed = zip(prefixes, picked, strict=True)
            text += " <- " + ", ".join(prefix + item for prefix, item in passed)
            self.unused = [item for item in self.unused if item not in picked]
        self.nameless = not outputs and not is_last and self.luck.random() < 0.25
        if self.nameless:
            self.lines.append(text)
            return
        name = self.names.pop()
        self.lines.append(f"{name} = {text}")
        is_single = not any(sign in call for sign in (" * ", " for ", " if ", "ops."))
        if is_single and not call.startswith("reuse"):
            self.shared.append((name, ["" for _ in prefixes], outputs))
        result = [f"{name}[{number}]" for number in range(outputs)] or [name]
        self.tensors += result
        self.unused += result

    def pick(self, number: int) -> str:
        """Chooses a tensor, rather one that nothing uses."""
        left = self.unused[number:]
        if left and self.luck.random() < 0.7:
            return left[0]
        return self.luck.choice(self.tensors)


def random_spec(seed: int) -> str:
    """Makes a spec."""
    luck = random.Random(seed)
    flag = luck.choice(["true", "false"])
    inputs = luck.choice([["inputs"], ["left", "right"], ["x", "y"]])
    lines = ["name: m", f"params: {{{_PARAMS.format(flag=flag)}}}"]
    shapes = ", ".join(f"{name}: [4]" for name in inputs)
    lines.append(f"inputs: {'[4]' if inputs == ['inputs'] else f'{{{shapes}}}'}")
    blocks: list[Block] = []
    for name in ("Encoder", "Two", "Residual")[: luck.randint(0, 3)]:
        if not blocks:
            lines.append("blocks:")
        block, written = _block(luck, name, blocks)
        blocks.append(block)
        lines += written
    entries = Entries(luck, inputs, ["width", "depth", "flag"], blocks)
    entries.fill(luck.randint(1, 6))
    return "\n".join([*lines, "layers:", *(f'  - "{line}"' for line in entries.lines)])


def _block(
    luck: random.Random, name: str, blocks: Sequence[Block]
) -> tuple[Block, list[str]]:
    """Makes a block, which may use those before it."""
    inputs = luck.choice(
        [
            ("inputs",),
            ("inputs",),
            ("x", "memory"),
            ("y", "x"),
            ("dense", "b"),
            ("data",),
        ]
    )
    params = luck.choice(_OF_BLOCKS)
    entries = Entries(luck, inputs, params, luck.sample(blocks, len(blocks) // 2))
    entries.fill(luck.randint(1, 4))
    lines = [f"  {name}:"]
    if params:
        lines.append(f"    params: [{', '.join(params)}]")
    if inputs != ("inputs",):
        lines.append(f"    inputs: [{', '.join(inputs)}]")
    lines += ["    layers:", *(f'      - "{line}"' for line in entries.lines)]
    kept = [tensor for tensor in entries.tensors if tensor not in inputs]
    outputs = 0
    if entries.unused and entries.unused[0] in kept and luck.random() < 0.4:
        chosen = [entries.unused[0], luck.choice(kept)]
        outputs = len(chosen)
        keyed = ", ".join(f"k{number}: '{item}'" for number, item in enumerate(chosen))
        listed = ", ".join(f"'{item}'" for item in chosen)
        lines.append(f"    outputs: {luck.choice([f'{{{keyed}}}', f'[{listed}]'])}")
    return Block(name, inputs, params, outputs), lines
