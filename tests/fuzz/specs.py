"""Creates random specs with all features of the language."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from scaffold.pipeline import Checked, Source, check
from tests.fuzz.names import Names
from tests.fuzz.notation import Call, Code, Entry, line, written
from tests.fuzz.scopes import Block, Scope
from tests.fuzz.steps import Shape, Tensor, is_known

TEXTS = (
    'Says "so" and \'no\', with a \\ and a """ in it.',
    "Größe, 大小 и размер: {braces}, %s, $dollar, `ticks`. Args:\n\nReturns:\n\nMore.",
    "A first sentence. " + "And words that go on and on " * 8,
    "ends with a backslash \\",
    "Plain.",
    "# no comment\n\n- no list\n\nkey: value",
    "e.g. this is one sentence; \u2028 and that's another\ttab.",
)
KEYS = ("score", "loss", "a.b", "a_b", "class", "outputs", "0", "b_loss", "-1")
OWN = (("Scale", "factor"), ("Offset", "by"))
METHODS = ("train_step", "test_step", "predict_step", "compute_loss", "compute_metrics")
NAMES_ALONE = frozenset(("KS207", "KS208", "KS211", "KS225", "KS226", "KS227"))


class Spec(NamedTuple):
    """A random spec.

    Attributes:
        text: The spec.
        path: A name for its file.
        checked: The result of the checks.
        refused: The names that the checks refused in earlier attempts.
    """

    text: str
    path: str
    checked: Checked
    refused: frozenset[str]


class Maker:
    """Creates one spec."""

    def __init__(self, seed: int, banned: set[str]) -> None:
        """Choose the features of the spec."""
        self.luck = luck = random.Random(seed)
        self.names = Names(luck, luck.choice([0.0, 0.0, 0.3, 0.8]), banned)
        self.beyond = luck.random() < 0.12
        self.simple = luck.random() < 0.25
        self.blocks: list[Block] = []
        self.written: dict[str, Any] = {}
        self.taken: set[str] = set()
        self.imports: list[tuple[str, str]] = []
        self.paths: dict[str, str] = {}
        if luck.random() < 0.2:
            kind, first = luck.choice(OWN)
            name = luck.choice([kind, f"My{kind}", self.names.pick("import", set())])
            self.imports, self.paths = [(name, first)], {name: f"own_layers:{kind}"}
            self.taken.add(name.lower())

    def block(
        self, scope: Scope, shapes: tuple[Shape, ...], *, single: bool
    ) -> Block | None:
        """Return an existing or new block for tensors of some shapes."""
        old = [
            block
            for block in self.blocks
            if block.arguments == shapes and (block.is_single or not single)
        ]
        if old and (self.luck.random() < 0.7 or scope.depth <= 0):
            return self.luck.choice(old)
        if scope.depth <= 0 or len(self.blocks) > 3:
            return None
        name = self.names.pick("block", self.taken)
        self.taken.add(name.lower())
        return self.new_block(name, scope.depth - 1, shapes, single=single)

    def new_block(
        self,
        name: str,
        depth: int,
        shapes: tuple[Shape, ...],
        *,
        single: bool,
        inputs: tuple[str, ...] = (),
        keeps: bool = False,
    ) -> Block:
        """Create a block."""
        luck, says = (
            self.luck,
            bool(inputs) or len(shapes) > 1 or self.luck.random() < 0.3,
        )
        taken: set[str] = set()
        while says and len(inputs) < len(shapes):
            inputs = (*inputs, self.names.pick("argument", taken))
            taken.add(inputs[-1].lower())
        inputs = inputs or ("inputs",)
        tensors = [Tensor(*pair) for pair in zip(inputs, shapes, strict=True)]
        scope = Scope(self, tensors, depth)
        scope.is_quiet = keeps
        for _ in range(luck.randint(1, 3)):
            scope.step()
        several = not single and not keeps and luck.random() < 0.3
        results = scope.finish(luck.randint(1, 2) if several else 1)
        if keeps:
            results = [scope.keep(results[0], int(shapes[0][0]))]
        written: dict[str, Any] = {}
        if luck.random() < 0.3:
            written["description"] = luck.choice(TEXTS)
        params = [
            (key, value, luck.random() < 0.7)
            for key, value in scope.used_params().items()
        ]
        params.sort(key=lambda item: item[2])
        if params:
            written["params"] = [
                {key: self.described(param)} if has else key
                for key, param, has in params
            ]
        if says:
            written["inputs"] = [*inputs]
        written["layers"] = scope.entries
        keys = None
        refs = [tensor.ref for tensor in results]
        if len(refs) > 1 and luck.random() < 0.5:
            keys = tuple(luck.sample(KEYS, len(refs)))
            written["outputs"] = dict(zip(keys, refs, strict=True))
        elif several or refs[0] != scope.entries[-1].name:
            several = len(refs) > 1 or (several and luck.random() < 0.5)
            written["outputs"] = refs if several else refs[0]
        shapes_of_results = tuple(tensor.shape for tensor in results)
        block = Block(
            name,
            shapes,
            inputs,
            tuple(params),
            shapes_of_results,
            keys,
            not several and keys is None,
            frozenset(scope.shaping),
        )
        self.written[name] = written
        self.blocks.append(block)
        return block

    def described(self, default: Any) -> Any:
        """Return the default of a param, or the long form with a description."""
        if self.luck.random() < 0.7:
            return default
        return {"default": default, "description": f"Sets {self.luck.choice(TEXTS)}"}

    def document(self) -> dict[str, Any]:
        """Create the whole spec."""
        luck = self.luck
        matches: dict[str, Any] = {}
        if luck.random() < 0.7:
            matches["name"] = luck.choice(
                ["fuzzed", "Fuzzed", "a_b", self.names.pick("entry", set())]
            )
        if luck.random() < 0.5:
            matches["description"] = luck.choice(TEXTS)
        arguments, inputs = self.inputs()
        scope = Scope(self, arguments, depth=0 if self.simple else 2)
        inputs = self.sized(scope, inputs)
        if self.beyond:
            self.go_beyond(scope, arguments)
        for _ in range(luck.randint(1, 3 if self.simple else 6)):
            scope.step()
        results = scope.finish(luck.choice([1, 1, 1, 2, 3]))
        outputs, keys = self.outputs(scope, results)
        compile_, train = self.sections(scope, arguments, results, keys)
        params = scope.used_params(inputs, compile_, train)
        if params:
            matches["params"] = {
                key: self.described(value) for key, value in params.items()
            }
        if self.paths:
            matches["imports"] = self.paths
        matches["inputs"] = inputs
        used = self.used_blocks(scope.entries)
        if used:
            blocks = [
                (name, value) for name, value in self.written.items() if name in used
            ]
            luck.shuffle(blocks)
            matches["blocks"] = dict(blocks)
        matches["layers"] = scope.entries
        matches |= {"outputs": outputs} if outputs else {}
        matches |= {"compile": compile_} if compile_ else {}
        matches |= {"train": train} if train else {}
        if compile_ and luck.random() < 0.2:
            matches["override"] = luck.sample(METHODS, luck.randint(1, 3))
        if self.paths and not any(name in line_of(matches) for name in self.paths):
            del matches["imports"]
        return matches

    def inputs(self) -> tuple[list[Tensor], Any]:
        """Create the inputs."""
        luck = self.luck
        shapes: list[tuple[Shape, int]] = [
            ((4,), 0),
            ((1,), 0),
            ((6,), 0),
            ((3, 4), 0),
            (("t", 4), 0),
            ((5,), 9),
            (("t",), 9),
            ((6, 6, 2), 0),
            ((4, 4, 1), 0),
            ((2, 3, 4), 0),
        ]
        if self.beyond:
            return [
                Tensor("nodes", ("n", 4)),
                Tensor("children", ("n", 2), "int32", 9),
            ], {
                "nodes": [None, 4],
                "children": {"shape": [None, 2], "dtype": "int32"},
            }
        count = 1 if self.simple else luck.choice([1, 1, 2, 3])
        taken: set[str] = set()
        arguments, options = [], {}
        for _ in range(count):
            shape, most = luck.choice(shapes)
            is_named = count > 1 or luck.random() < 0.4
            name = self.names.pick("input", taken) if is_named else "inputs"
            taken.add(name.lower())
            arguments.append(Tensor(name, shape, "int32" if most else "float32", most))
            sizes = [None if isinstance(item, str) else item for item in shape]
            options[name] = {"shape": sizes, "dtype": "int32"} if most else sizes
            if is_named and not most and luck.random() < 0.2:
                options[name] = {"shape": sizes, "dtype": "float32"}
        if count == 1 and not arguments[0].most and arguments[0].ref == "inputs":
            return arguments, options["inputs"]
        return arguments, options

    def sized(self, scope: Scope, inputs: Any) -> Any:
        """Replace sizes in the shapes of inputs with params."""
        match inputs:
            case list():
                return [scope.value(item) if item else item for item in inputs]
            case dict():
                return {
                    key: self.sized(scope, value) if key != "dtype" else value
                    for key, value in inputs.items()
                }
        return inputs

    def go_beyond(self, scope: Scope, items: list[Tensor]) -> None:
        """Add a `recurse` over trees, and a `loop`."""
        cell = self.new_block(
            self.names.pick("block", self.taken),
            0,
            ((4,), (2, 4)),
            single=True,
            inputs=("node", "children"),
            keeps=True,
        )
        call = Call("recurse", (("cell", scope.call_of(cell)),))
        sources = [("nodes", items[0].ref), ("children", items[1].ref)]
        scope.add(call, sources, [items[0].shape], named=True)
        scope.tensors[:2] = [items[0]]
        last = scope.tensors[-1]
        scope.add(
            Call("ops.take", (("indices", -1), ("axis", 1))),
            [("", last.ref)],
            [(4,)],
            named=True,
        )
        step = Call("Dense", (("units", scope.value(4)), ("activation", "tanh")))
        until = Call("Dense", (("units", 1), ("activation", "sigmoid")))
        loop = Call(
            "loop", (("step", step), ("until", until), ("max_steps", scope.value(3)))
        )
        scope.add(loop, [("", scope.tensors[-1].ref)], [(4,)], named=True)

    def outputs(self, scope: Scope, results: list[Tensor]) -> tuple[Any, Any]:
        """Create the outputs of the model."""
        refs = [tensor.ref for tensor in results]
        if self.luck.random() < 0.3:
            keys = self.luck.sample(KEYS, len(refs))
            return dict(zip(keys, refs, strict=True)), keys
        if len(refs) > 1:
            return refs, None
        return (refs[0] if refs[0] != scope.entries[-1].name else None), None

    def sections(
        self, scope: Scope, items: list[Tensor], results: list[Tensor], keys: Any
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Create `compile` and `train`."""
        luck = self.luck
        if luck.random() < 0.35:
            return {}, {}
        rate: Any = scope.value(luck.choice([0.01, 1e-3]))
        if luck.random() < 0.3:
            rate = Call(
                "ExponentialDecay",
                (
                    ("initial_learning_rate", rate),
                    ("decay_steps", scope.value(10)),
                    ("decay_rate", 0.9),
                ),
            )
        optimizer = luck.choice(
            [
                "adam",
                Call("Adam", (("learning_rate", rate),)),
                Call("SGD", (("learning_rate", rate), ("momentum", scope.value(0.9)))),
                Call("RMSprop", (("learning_rate", rate),)),
            ]
        )
        loss: Any = luck.choice(
            ["mse", "mae", Call("Huber", (("delta", scope.value(1.5)),))]
        )
        compile_ = {"optimizer": optimizer, "loss": loss}
        if keys and luck.random() < 0.6:
            compile_["loss"] = {key: loss for key in keys}
            compile_["loss_weights"] = {key: scope.value(0.5) for key in keys}
        elif not keys and len(results) > 1:
            compile_["loss"] = [loss for _ in results]
        elif len(results) == 1 and not keys and luck.random() < 0.5:
            compile_["metrics"] = luck.choice(
                [["mae"], [Call("MeanSquaredError")], "mae"]
            )
        if luck.random() < 0.1:
            compile_["run_eagerly"] = scope.value(False)
        sizes = [tensor.shape for tensor in (*items, *results)]
        small = all(
            len(size) <= 2 and all(str(x) in "nt123456" for x in size) for size in sizes
        )
        if not small or luck.random() < 0.4 or self.beyond:
            return compile_, {}
        return compile_, self.train(scope, items, results, keys)

    def train(
        self, scope: Scope, items: list[Tensor], results: list[Tensor], keys: Any
    ) -> dict[str, Any]:
        """Create `train` with inline data."""
        luck, count = self.luck, self.luck.choice([2, 4])
        x: Any = {
            tensor.ref: [self.example(tensor) for _ in range(count)] for tensor in items
        }
        y: Any = [[self.example(result) for _ in range(count)] for result in results]
        if len(items) == 1:
            x = x[items[0].ref]
        if keys:
            y = dict(zip(keys, y, strict=True))
        elif len(results) == 1:
            y = y[0]
        matches = {
            "x": x,
            "y": y,
            "epochs": scope.value(luck.choice([1, 2])),
            "verbose": 0,
        }
        if luck.random() < 0.4:
            matches["batch_size"] = scope.value(2)
        if luck.random() < 0.3:
            stop = Call(
                "EarlyStopping", (("monitor", "loss"), ("patience", scope.value(3)))
            )
            matches["callbacks"] = luck.choice(
                [[stop], [stop, Call("TerminateOnNaN")], ["TerminateOnNaN"]]
            )
        if luck.random() < 0.4:
            matches["predict"] = (
                {key: value[:1] for key, value in x.items()}
                if isinstance(x, dict)
                else x[:1]
            )
        return matches

    def example(self, tensor: Tensor) -> Any:
        """Create numbers in the shape of a tensor; a free axis has size three."""

        def of(shape: Shape) -> Any:
            if not shape:
                return (
                    self.luck.randrange(tensor.most)
                    if tensor.most
                    else round(self.luck.uniform(-1, 1), 2)
                )
            first = 3 if isinstance(shape[0], str) else shape[0]
            return [of(shape[1:]) for _ in range(first)]

        return of(tensor.shape)

    def used_blocks(self, entries: list[Entry]) -> set[str]:
        """Return the blocks that entries call, directly or through other blocks."""
        results: set[str] = set()
        left = list(entries)
        while left:
            entry = left.pop()
            for call in calls_of((entry.call, entry.otherwise)):
                if call.name in self.written and call.name not in results:
                    results.add(call.name)
                    left += self.written[call.name]["layers"]
        return results


def calls_of(value: Any) -> Iterator[Call]:
    """Return all calls in a value."""
    match value:
        case Code():
            return
        case Call():
            yield value
            for _, item in value.arguments:
                yield from calls_of(item)
        case list() | tuple():
            for item in value:
                yield from calls_of(item)


def line_of(document: dict[str, Any]) -> str:
    """Return the entries of a document as text, to search in."""
    entries = [*document["layers"]]
    for block in document.get("blocks", {}).values():
        entries += block["layers"]
    return " ".join(f"{line(entry.call)} {line(entry.otherwise)}" for entry in entries)


def random_spec(seed: int) -> Spec:
    """Create a spec in which the checks find no errors except in its names.

    The next attempt does not use refused names.
    """
    banned: set[str] = set()
    for _ in range(30):
        maker = Maker(seed, banned)
        text, suffix = written(maker.document(), random.Random(seed))
        path = f"fuzzed_{seed}.{suffix}"
        checked = check(Source(text.encode(), path))
        errors = [
            diagnostic
            for diagnostic in checked.diagnostics
            if diagnostic.severity == "error"
        ]
        names = [diagnostic for diagnostic in errors if diagnostic.code in NAMES_ALONE]
        if not names:
            break
        before = len(banned)
        for diagnostic in names:
            # The class of a model named `i` is `I`.
            words = [word for word in diagnostic.message.split("`")[1::2] if word]
            banned.update(words, map(str.lower, words))
        if len(banned) == before:
            break
    return Spec(text, path, checked, frozenset(banned))


__all__ = ["Spec", "is_known", "random_spec"]
