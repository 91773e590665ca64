"""Specs with words in one place each, as many of them as one likes.

Every layer has weights of its own that its arguments say, so that what is mixed up
gives other numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

Make = Callable[[Sequence[str]], str]
Lines = Callable[[Sequence[str]], list[str]]

_TANH = 'activation="tanh"'
_HOOKS = "train_step, test_step, predict_step, compute_loss, compute_metrics"


def _dense(number: int, *more: str, units: int | str = 3) -> str:
    """Writes a layer that no other entry has."""
    kernel = f"kernel_initializer=Constant({0.1 + 0.013 * number:.3f})"
    return f"Dense({', '.join([str(units), *more, _TANH, kernel])})"


def _lstm(number: int, *more: str) -> str:
    """Writes a recurrent layer that no other entry has."""
    kernel = f"kernel_initializer=Constant({0.1 + number / 90:.3f})"
    arguments = [*more, kernel, "recurrent_initializer=Identity()"]
    return f"LSTM(3, {', '.join(arguments)})"


def _entries(items: Sequence[str], indent: int = 2) -> str:
    return "".join(f"{' ' * indent}- {json.dumps(item)}\n" for item in items)


def _spec(items: Sequence[str], *head: str, inputs: str = "[3]") -> str:
    return "\n".join([*head, f"inputs: {inputs}", "layers:", _entries(items)])


def _joined(words: Sequence[str]) -> str:
    return f"q9_join = Concatenate() <- {', '.join(words)}, inputs"


def _numbered(words: Sequence[str], prefix: str = "q9_") -> list[str]:
    return [f"{prefix}{at}" for at in range(len(words))]


def _defaults(words: Sequence[str]) -> str:
    return ", ".join(f"{word}: {0.01 + at / 100}" for at, word in enumerate(words))


def _sizes(words: Sequence[str]) -> str:
    return ", ".join(f"{word}: {at % 3 + 1}" for at, word in enumerate(words))


def entries(words: Sequence[str]) -> list[str]:
    """Makes entries that are called on the input, and joined."""
    result = [f"{word} = {_dense(at)} <- inputs" for at, word in enumerate(words)]
    return [*result, _joined(words)]


def chain(words: Sequence[str]) -> list[str]:
    """Makes entries that only the next one uses."""
    arguments = "kernel_initializer=Identity(gain=0.97), bias_initializer=Constant"
    return [
        f"{word} = Dense(3, {arguments}({0.01 + 0.007 * at:.3f}))"
        for at, word in enumerate(words)
    ]


def reused(words: Sequence[str]) -> list[str]:
    """Makes entries that are called again."""
    result = [f"{word} = {_dense(at)} <- inputs" for at, word in enumerate(words)]
    result += [f"q9_{at} = reuse({word}) <- {word}" for at, word in enumerate(words)]
    return [*result, _joined(_numbered(words))]


def rows(words: Sequence[str]) -> list[str]:
    """Makes rows."""
    result = [f"{word} = {_dense(at)} * 2 <- inputs" for at, word in enumerate(words)]
    return [*result, _joined(words), f"q9_last = {_dense(1)} * 2"]


def operations(words: Sequence[str]) -> list[str]:
    """Makes functions of `keras.ops`, some of them in rows."""
    result = []
    for at, word in enumerate(words):
        row = " * 2" if at % 5 == 0 else ""
        result.append(
            f"{word} = ops.clip(-{at / 100}, {0.01 + at / 100}){row} <- inputs"
        )
    return [*result, _joined(words), "q9_last = ops.square() * 2"]


def choices(words: Sequence[str]) -> list[str]:
    """Makes choices of two layers."""
    result = [
        f"{word} = {_dense(at)} if q9_flag else {_dense(at + 1)} <- inputs"
        for at, word in enumerate(words)
    ]
    return [*result, _joined(words)]


def _model(make: Lines, *head: str) -> Make:
    return lambda words: _spec(make(words), *head)


def _block(make: Lines, *head: str) -> Make:
    """Puts entries into a block, with another block in a row there."""

    def text(words: Sequence[str]) -> str:
        before = [
            "q9_row = Q9Inner() * 2",
            f"q9_float = {_dense(2, 'bias_constraint=MaxNorm(1.5)')} <- inputs",
            "Add() <- q9_row, q9_float, inputs",
            "q9_in = Dropout(0.5)",
        ]
        after = [f"q9_end = {_dense(1)}", "Concatenate() <- q9_end, q9_in"]
        return "\n".join(
            [
                "blocks:",
                "  Q9Inner:",
                "    layers:",
                _entries([_dense(1, "use_bias=False")], 6),
                "  Q9Holder:",
                *(f"    {item}" for item in head),
                "    layers:",
                _entries([*before, *make(words), *after], 6),
                _spec(["Q9Holder", _dense(1, units=2)]),
            ]
        )

    return text


def params(words: Sequence[str]) -> str:
    """Makes params of layers."""
    return _spec(_biased(words), f"params: {{{_defaults(words)}}}")


def _biased(words: Sequence[str]) -> list[str]:
    result = [
        f"q9_{at} = {_dense(at, f'bias_initializer=Constant({word})')} <- inputs"
        for at, word in enumerate(words)
    ]
    return [*result, _joined(_numbered(words))]


def params_of_blocks(words: Sequence[str]) -> str:
    """Makes params of a block, given by those of another."""
    passed = ", ".join(f"{word}={word}" for word in words)
    outer = [f"q9_one = Q9Inner({passed})", f"{_dense(1)} * 2"]
    return "\n".join(
        [
            "blocks:",
            "  Q9Inner:",
            f"    params: [{', '.join(words)}]",
            "    layers:",
            _entries(_biased(words), 6),
            "  Q9Outer:",
            f"    params: {{{_defaults(words)}}}",
            "    layers:",
            _entries(outer, 6),
            _spec(["Q9Outer", _dense(1, units=2)]),
        ]
    )


def params_of_sizes(words: Sequence[str]) -> str:
    """Makes params of shapes, of rows and of conditions."""
    shapes = [f"q9_in{at}: [${word}]" for at, word in enumerate(words)]
    result = []
    for at, word in enumerate(words):
        layer = _dense(at, units=word)
        result.append(f"q9_{at} = {layer} * {word} <- q9_in{at}")
        result.append(f"q9c_{at} = {layer} if {word} > 2 <- q9_{at}")
    result.append(f"Concatenate() <- {', '.join(_numbered(words, 'q9c_'))}, q9_more")
    inputs = f"{{{', '.join([*shapes, 'q9_more: [1]'])}}}"
    return _spec(result, f"params: {{{_sizes(words)}}}", inputs=inputs)


def params_of_training(words: Sequence[str]) -> str:
    """Makes params of `compile` and `train`."""
    metrics = [
        f"TopKCategoricalAccuracy(k={word}, name='q9_{at}')"
        for at, word in enumerate(words)
    ]
    stops = [f"EarlyStopping(monitor='loss', patience={word})" for word in words]
    return "\n".join(
        [
            _spec([_dense(1)], f"params: {{{_sizes(words)}}}"),
            "compile:",
            "  optimizer: sgd",
            "  loss: mse",
            "  metrics:",
            _entries(metrics, 4),
            "train:",
            "  x: [[1, 2, 3]]",
            "  y: [[1, 0, 0]]",
            "  epochs: 2",
            "  verbose: 0",
            "  predict: [[1, 2, 3]]",
            "  callbacks:",
            _entries(stops, 4),
        ]
    )


def inputs(words: Sequence[str]) -> str:
    """Makes inputs of a model."""
    arguments = ", ".join(f"{word}: [3]" for word in [*words, "q9_more"])
    result = [f"q9_{at} = {_dense(at)} <- {word}" for at, word in enumerate(words)]
    refs = ", ".join([*_numbered(words), *words, "q9_more"])
    return _spec([*result, f"Concatenate() <- {refs}"], inputs=f"{{{arguments}}}")


def one_input(words: Sequence[str]) -> str:
    """Makes the only input of a model."""
    (word,) = words
    result = [f"q9_only = {_dense(1)} <- {word}", f"Concatenate() <- q9_only, {word}"]
    return _spec(result, inputs=f"{{{word}: [3]}}")


def inputs_of_blocks(words: Sequence[str]) -> str:
    """Makes inputs of a block, and the only input of another."""
    many = [f"q9_{at} = {_dense(at)} * 2 <- {word}" for at, word in enumerate(words)]
    refs = ", ".join([*_numbered(words), *words, words[0]])
    many += [f"q9_all = Concatenate() <- {refs}", "Dropout(0.5)"]
    item = [f"q9_only = {_dense(1)} <- {words[0]}", f"Add() <- q9_only, {words[0]}"]
    result = [f"q9_g{at} = {_dense(at + 1)} <- inputs" for at in range(len(words))]
    result.append(f"q9_many = Q9Many() <- {', '.join(_numbered(words, 'q9_g'))}")
    result += ["q9_ones = Q9One() * 2 <- q9_g0", "Concatenate() <- q9_many, q9_ones"]
    return "\n".join(
        [
            "blocks:",
            "  Q9Many:",
            f"    inputs: [{', '.join(words)}]",
            "    layers:",
            _entries(many, 6),
            "  Q9One:",
            f"    inputs: [{words[0]}]",
            "    layers:",
            _entries(item, 6),
            _spec(result),
        ]
    )


def loops(words: Sequence[str]) -> str:
    """Makes names of loops, of layers and of operations."""
    result = []
    for at, word in enumerate(words):
        layer = _dense(at, f"bias_initializer=Constant({word})")
        bounds = f"{word} in [0.5, 0.{at + 3}]"
        result.append(f"q9_{at} = {layer} for {word} in [0.1, 0.2] <- inputs")
        result.append(f"q9o_{at} = ops.clip(-{word}, {word}) for {bounds} <- q9_{at}")
    refs = ", ".join([*_numbered(words), *_numbered(words, "q9o_")])
    return _spec([*result, f"Concatenate() <- {refs}"])


def camel(word: str) -> str:
    """Writes a word as a block's name."""
    return "".join(part[:1].upper() + part[1:] for part in word.split("_") if part)


def blocks(words: Sequence[str]) -> str:
    """Makes names of blocks, which stand by themselves, in rows and in another."""
    names = list(dict.fromkeys(map(camel, words)))
    head, result = ["blocks:"], []
    for at, name in enumerate(names):
        inner = [_dense(at), f"q9 = {_dense(at + 1)}"]
        head += [f"  {json.dumps(name)}:", "    layers:", _entries(inner, 6)]
        result.append(f"q9_{at} = {name}() * 2 <- inputs")
        result.append(f"q9b_{at} = {name}() <- q9_{at}")
    head += ["  Q9Holder:", "    layers:", _entries(names, 6)]
    return _spec(
        [*result, _joined(_numbered(names, "q9b_")), _dense(1), "Q9Holder"], *head
    )


def imports(words: Sequence[str]) -> str:
    """Makes names of imports, of a layer that is called otherwise."""
    return _imported(words, {word: "own_words:Q9Scale" for word in words})


def attributes(words: Sequence[str]) -> str:
    """Makes imports of what is called like a word."""
    return _imported(words, {word: f"own_words:{word}" for word in words})


def _imported(words: Sequence[str], paths: dict[str, str]) -> str:
    result = [
        f"q9_{at} = {word}({1 + at / 50}) * 2 <- inputs"
        for at, word in enumerate(words)
    ]
    inner = _entries([f"{word}(1.5)" for word in words], 6)
    return _spec(
        [*result, _joined(_numbered(words)), "Q9Holder"],
        f"imports: {json.dumps(paths)}",
        "blocks:",
        "  Q9Holder:",
        "    layers:",
        inner,
    )


def model_name(words: Sequence[str]) -> str:
    """Makes the name of a model with a block in it."""
    return "\n".join(
        [
            f"name: {json.dumps(words[0])}",
            "blocks:",
            "  Q9Inner:",
            "    layers:",
            _entries([_dense(1)], 6),
            _spec(["Q9Inner", _dense(2, units=2)]),
            "compile: {optimizer: sgd, loss: mse}",
            "train: {x: [[1, 2, 3]], y: [[1, 0]], verbose: 0}",
        ]
    )


def masked(words: Sequence[str]) -> str:
    """Makes entries of a block that a mask is handed to by name."""
    page = [
        f"{word} = {_lstm(at, 'return_sequences=True')} <- inputs"
        for at, word in enumerate(words)
    ]
    page += [_joined(words), _lstm(1)]
    embedding = "Embedding(9, 3, mask_zero=True, embeddings_initializer=Constant(0.3))"
    return "\n".join(
        [
            "blocks:",
            "  Q9Pages:",
            "    layers:",
            _entries(page, 6),
            "inputs: {q9_words: {shape: [2, 4], dtype: int32}}",
            "layers:",
            _entries([embedding, "TimeDistributed(Q9Pages())"]),
        ]
    )


def beyond(words: Sequence[str]) -> str:
    """Makes entries of a cell and of a step."""

    def on(first: str) -> list[str]:
        return [f"{word} = {_dense(at)} <- {first}" for at, word in enumerate(words)]

    refs = ", ".join(words)
    cell = [*on("node"), "q9_below = Flatten() <- children"]
    cell += [f"Concatenate() <- {refs}, node, q9_below", _dense(1)]
    step = [*on("inputs"), _joined(words), _dense(2)]
    result = [
        "q9_states = recurse(Q9Cell()) <- nodes=q9_nodes, children=q9_children",
        "ops.take(-1, axis=1)",
        f"loop(Q9Step(), until={_dense(1, units=1)}, max_steps=3)",
    ]
    return "\n".join(
        [
            "blocks:",
            "  Q9Cell:",
            "    inputs: [node, children]",
            "    layers:",
            _entries(cell, 6),
            "  Q9Step:",
            "    layers:",
            _entries(step, 6),
            "inputs:",
            "  q9_nodes: [null, 3]",
            "  q9_children: {shape: [null, 2], dtype: int32}",
            "layers:",
            _entries(result),
        ]
    )


_FLAG = "params: {q9_flag: true}"
_COMPILED = "compile: {optimizer: sgd, loss: mse}"

PLACES: dict[str, Make] = {
    "entry": _model(entries),
    "entry of a chain": _model(chain),
    "entry used again": _model(reused),
    "row": _model(rows),
    "operation": _model(operations),
    "choice": _model(choices, _FLAG),
    "entry of a block": _block(entries),
    "entry of a chain in a block": _block(chain),
    "entry used again in a block": _block(reused),
    "row of a block": _block(rows),
    "operation of a block": _block(operations),
    "choice of a block": _block(choices, _FLAG),
    "param": params,
    "param of a block": params_of_blocks,
    "param of sizes": params_of_sizes,
    "param of training": params_of_training,
    "input": inputs,
    "input of a block": inputs_of_blocks,
    "loop": loops,
    "block": blocks,
    "import": imports,
    "attribute": attributes,
    "overriding": _model(entries, f"override: [{_HOOKS}]", _COMPILED),
    "masked": masked,
    "beyond": beyond,
}
"""What makes a spec of words, by the place that these have in it."""

ALONE: dict[str, Make] = {"only input": one_input, "model": model_name}
"""The same of places that there is one of."""
