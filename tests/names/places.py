"""Specs with words in one place each, as many of them as one likes.

Every layer has weights of its own that its arguments say, so that what is mixed up
gives other numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

_TANH = 'activation="tanh"'

Make = Callable[[Sequence[str]], str]


def _dense(number: int, *more: str, units: int | str = 3) -> str:
    """Writes a layer that no other entry has."""
    given = [str(units), *more] if units else [*more]
    kernel = f"kernel_initializer=Constant({0.1 + 0.013 * number:.3f})"
    return f"Dense({', '.join([*given, _TANH, kernel])})"


def _spec(entries: Sequence[str], *head: str, inputs: str = "[3]") -> str:
    lines = "\n".join(f"  - {json.dumps(one)}" for one in entries)
    return "\n".join([*head, f"inputs: {inputs}", "layers:", lines, ""])


def _joined(words: Sequence[str], last: str = "end") -> str:
    return f"{last} = Concatenate() <- {', '.join(words)}, inputs"


def entries(words: Sequence[str]) -> list[str]:
    """Makes entries that several others use."""
    made = [f"{word} = {_dense(at)} <- inputs" for at, word in enumerate(words)]
    return [*made, _joined(words)]


def chain(words: Sequence[str]) -> list[str]:
    """Makes entries that only the next one uses."""
    given = "kernel_initializer=Identity(gain=0.97), bias_initializer=Constant"
    return [
        f"{word} = Dense(3, {given}({0.01 + 0.007 * at:.3f}))"
        for at, word in enumerate(words)
    ]


def reused(words: Sequence[str]) -> list[str]:
    """Makes entries that are called again."""
    made = [f"{word} = {_dense(at)} <- inputs" for at, word in enumerate(words)]
    made += [f"q9_{at} = reuse({word}) <- {word}" for at, word in enumerate(words)]
    return [*made, _joined([f"q9_{at}" for at in range(len(words))])]


def rows(words: Sequence[str]) -> list[str]:
    """Makes rows."""
    made = [f"{word} = {_dense(at)} * 2 <- inputs" for at, word in enumerate(words)]
    return [*made, _joined(words), "q9_last = Dense(3, kernel_initializer=Constant(0.01)) * 2"]


def operations(words: Sequence[str]) -> list[str]:
    """Makes functions of `keras.ops`, some of them in rows."""
    made = [
        f"{word} = ops.clip({-at / 100 - 0.01}, {0.01 + at / 100})"
        f"{' * 2' if at % 5 == 0 else ''} <- inputs"
        for at, word in enumerate(words)
    ]
    return [*made, _joined(words), "q9_last = ops.square() * 2"]


def choices(words: Sequence[str]) -> list[str]:
    """Makes choices of a layer or none."""
    return [
        *(
            f"{word} = {_dense(at)} if q9_flag else {_dense(at + 1)} <- inputs"
            for at, word in enumerate(words)
        ),
        _joined(words),
    ]


def _model(make: Callable[[Sequence[str]], list[str]], *head: str) -> Make:
    return lambda words: _spec(make(words), *head)


def _block(make: Callable[[Sequence[str]], list[str]], *head: str) -> Make:
    """Puts entries into a block, and that into another layer as well."""

    def text(words: Sequence[str]) -> str:
        lines = "\n".join(f"      - {json.dumps(one)}" for one in make(words))
        inner = "".join(f"    {one}\n" for one in head)
        return (
            f"blocks:\n  Q9Inner:\n    layers: ['Dense(3, use_bias=False, kernel_initializer=Constant(0.2))']\n"
            f"  Q9Holder:\n{inner}    layers:\n      - q9_row = Q9Inner() * 2\n"
            f"      - q9_float = Dense(3, kernel_initializer=Constant(0.3), bias_constraint=MaxNorm(1.5)) <- inputs\n"
            f"      - Add() <- q9_row, q9_float, inputs\n      - q9_in = Dropout(0.5)\n{lines}\n"
            "      - q9_end = Dense(3, kernel_initializer=Constant(0.02))\n      - Concatenate() <- q9_end, q9_in\n"
            "inputs: [3]\nlayers:\n  - Q9Holder\n  - Dense(2, kernel_initializer=Constant(0.01))\n"
        )

    return text


def params(words: Sequence[str]) -> str:
    """Makes params of layers, of a block and of shapes."""
    given = ", ".join(f"{word}: {0.01 + at / 100}" for at, word in enumerate(words))
    made = [
        f"q9_{at} = {_dense(at, f'bias_initializer=Constant({word})')} <- inputs"
        for at, word in enumerate(words)
    ]
    refs = [f"q9_{at}" for at in range(len(words))]
    return _spec([*made, _joined(refs)], f"params: {{{given}}}")


def params_of_blocks(words: Sequence[str]) -> str:
    """Makes params of a block, given by those of another."""
    given = ", ".join(f"{word}: {0.01 + at / 100}" for at, word in enumerate(words))
    made = [
        f"q9_{at} = {_dense(at, f'bias_initializer=Constant({word})')} <- inputs"
        for at, word in enumerate(words)
    ]
    refs = [f"q9_{at}" for at in range(len(words))]
    inner = "\n".join(f"      - {json.dumps(one)}" for one in [*made, _joined(refs)])
    passed = ", ".join(f"{word}={word}" for word in words)
    return (
        f"blocks:\n  Q9Inner:\n    params: [{', '.join(words)}]\n    layers:\n{inner}\n"
        f"  Q9Outer:\n    params: {{{given}}}\n    layers:\n"
        f"      - q9_one = Q9Inner({passed})\n"
        f"      - Dense(3, kernel_initializer=Constant(0.1)) * 2\n"
        "inputs: [3]\nlayers:\n  - Q9Outer\n  - Dense(2, kernel_initializer=Constant(0.01))\n"
    )


def params_of_sizes(words: Sequence[str]) -> str:
    """Makes params of shapes, of rows and of conditions."""
    given = ", ".join(f"{word}: {at % 3 + 1}" for at, word in enumerate(words))
    shapes = ", ".join(f"q9_in{at}: [${word}]" for at, word in enumerate(words))
    made = []
    for at, word in enumerate(words):
        layer = _dense(at, units=word)
        made.append(f"q9_{at} = {layer} * {word} <- q9_in{at}")
        made.append(f"q9c_{at} = {layer} if {word} > 2 <- q9_{at}")
    refs = ", ".join(f"q9c_{at}" for at in range(len(words)))
    more = ""
    if len(words) == 1:
        made.append(f"Dense(2) <- {refs}")
    else:
        made.append(f"Concatenate() <- {refs}")
    if len(words) == 1:
        shapes = f"q9_in0: [${words[0]}], q9_more: [1]"
        made[-1] = "Concatenate() <- q9c_0, q9_more"
    return _spec(made, f"params: {{{given}}}", more, inputs=f"{{{shapes}}}")


def params_of_training(words: Sequence[str]) -> str:
    """Makes params of `compile` and `train`."""
    given = ", ".join(f"{word}: {at % 3 + 1}" for at, word in enumerate(words))
    huber = "".join(
        f"      - TopKCategoricalAccuracy(k={word}, name='q9_{at}')\n"
        for at, word in enumerate(words)
    )
    calls = "".join(
        f"    - EarlyStopping(monitor='loss', patience={word})\n" for word in words
    )
    return (
        f"params: {{{given}}}\ninputs: [3]\nlayers:\n  - {_quoted(_dense(1))}\n"
        f"compile:\n  optimizer: sgd\n  loss: mse\n  metrics:\n{huber.replace('      -', '    -')}"
        f"train:\n  x: [[1, 2, 3]]\n  y: [[1, 0, 0]]\n  epochs: 2\n  verbose: 0\n"
        f"  predict: [[1, 2, 3]]\n  callbacks:\n{calls}"
    )


def _quoted(text: str) -> str:
    return json.dumps(text)


def inputs(words: Sequence[str]) -> str:
    """Makes inputs of a model."""
    given = ", ".join(f"{word}: [3]" for word in words)
    made = [f"q9_{at} = {_dense(at)} <- {word}" for at, word in enumerate(words)]
    refs = ", ".join([*(f"q9_{at}" for at in range(len(words))), *words])
    return _spec([*made, f"Concatenate() <- {refs}"], inputs=f"{{{given}}}")


def one_input(words: Sequence[str]) -> str:
    """Makes the only input of a model."""
    made = [f"q9_a = {_dense(1)} <- {words[0]}", f"Concatenate() <- q9_a, {words[0]}"]
    return _spec(made, inputs=f"{{{words[0]}: [3]}}")


def inputs_of_blocks(words: Sequence[str]) -> str:
    """Makes inputs of a block, and the only input of another."""
    made = [f"q9_{at} = {_dense(at)} * 2 <- {word}" for at, word in enumerate(words)]
    refs = ", ".join([*(f"q9_{at}" for at in range(len(words))), *words, words[0]])
    made += [f"q9_all = Concatenate() <- {refs}", "Dropout(0.5)"]
    inner = "\n".join(f"      - {json.dumps(one)}" for one in made)
    given = ", ".join(f"q9_g{at}" for at in range(len(words)))
    first = "\n".join(
        f"  - {json.dumps(f'q9_g{at} = {_dense(at + 1)} <- inputs')}"
        for at in range(len(words))
    )
    return (
        f"blocks:\n  Q9Many:\n    inputs: [{', '.join(words)}]\n    layers:\n{inner}\n"
        f"  Q9One:\n    inputs: [{words[0]}]\n    layers:\n"
        f"      - q9_a = {_dense(1)} <- {words[0]}\n      - Add() <- q9_a, {words[0]}\n"
        f"inputs: [3]\nlayers:\n{first}\n  - q9_many = Q9Many() <- {given}\n"
        f"  - q9_ones = Q9One() * 2 <- q9_g0\n  - Concatenate() <- q9_many, q9_ones\n"
    )


def loops(words: Sequence[str]) -> str:
    """Makes names of loops, of layers and of operations."""
    made = []
    for at, word in enumerate(words):
        layer = _dense(at, f"bias_initializer=Constant({word})")
        made.append(f"q9_{at} = {layer} for {word} in [0.1, 0.2] <- inputs")
        made.append(
            f"q9o_{at} = ops.clip(-{word}, {word}) for {word} in [0.5, 0.{at + 3}] <- q9_{at}"
        )
    refs = ", ".join(f"q9_{at}, q9o_{at}" for at in range(len(words)))
    return _spec([*made, f"Concatenate() <- {refs}"])


def camel(word: str) -> str:
    """Writes a word as a block's name."""
    return "".join(one[:1].upper() + one[1:] for one in word.split("_") if one)


def blocks(words: Sequence[str]) -> str:
    """Makes names of blocks."""
    names = list(dict.fromkeys(map(camel, words)))
    made = "".join(
        f"  {json.dumps(name)}:\n    layers:\n      - {json.dumps(_dense(at))}\n      - q9 = Dense(3)\n"
        for at, name in enumerate(names)
    ).replace("q9 = Dense(3)", "q9 = Dense(3, kernel_initializer=Constant(0.3))")
    entries = []
    for at, name in enumerate(names):
        entries.append(f"q9_{at} = {name}() * 2 <- inputs")
        entries.append(f"q9b_{at} = {name}() <- q9_{at}")
    refs = ", ".join(f"q9b_{at}" for at in range(len(names)))
    holder = "".join(f"      - {name}\n" for name in names)
    return _spec(
        [*entries, f"q9_x = Concatenate() <- {refs}, inputs", _dense(1), "Q9Holder"],
        f"blocks:\n{made}  Q9Holder:\n    layers:\n{holder}",
    )


def imports(words: Sequence[str]) -> str:
    """Makes names of imports, of a layer called otherwise and of one called alike."""
    given = ", ".join(f'{json.dumps(word)}: "own_words:Q9Scale"' for word in words)
    return _imported(words, given)


def attributes(words: Sequence[str]) -> str:
    """Makes imports of what is called like a word."""
    given = ", ".join(f'{json.dumps(word)}: "own_words:{word}"' for word in words)
    return _imported(words, given)


def _imported(words: Sequence[str], given: str) -> str:
    made = [f"q9_{at} = {word}({1 + at / 50}) * 2 <- inputs" for at, word in enumerate(words)]
    refs = ", ".join(f"q9_{at}" for at in range(len(words)))
    inner = "".join(f"      - {word}(1.5)\n" for word in words)
    return _spec(
        [*made, f"q9_x = Concatenate() <- {refs}, inputs", "Q9Holder"],
        f"imports: {{{given}}}",
        f"blocks:\n  Q9Holder:\n    layers:\n{inner}",
    )


def model_name(words: Sequence[str]) -> str:
    """Makes the name of a model with a block in it."""
    return (
        f"name: {json.dumps(words[0])}\nblocks:\n  Q9Inner:\n    layers:\n      - Dense(3, kernel_initializer=Constant(0.1))\n"
        f"inputs: [3]\nlayers:\n  - Q9Inner\n  - Dense(2, kernel_initializer=Constant(0.2))\n"
        "compile: {optimizer: sgd, loss: mse}\ntrain: {x: [[1, 2, 3]], y: [[1, 0]], verbose: 0}\n"
    )


def hooks(words: Sequence[str]) -> str:
    """Makes entries beside methods that are overridden."""
    head = "override: [train_step, test_step, predict_step, compute_loss, compute_metrics]"
    compiled = "compile: {optimizer: sgd, loss: mse}"
    return _spec(entries(words), head, compiled)


def masked(words: Sequence[str]) -> str:
    """Makes entries of a block that a mask is handed to by name."""
    made = "".join(
        f"      - {word} = LSTM(3, return_sequences=True, kernel_initializer=Constant({0.1 + at / 90:.3f}), recurrent_initializer=Identity()) <- inputs\n"
        for at, word in enumerate(words)
    )
    return (
        "blocks:\n  Q9Pages:\n    layers:\n" + made +
        f"      - q9_all = Concatenate() <- {', '.join(words)}, inputs\n      - LSTM(3, kernel_initializer=Constant(0.1), recurrent_initializer=Identity())\n"
        "inputs: {q9_words: {shape: [2, 4], dtype: int32}}\nlayers:\n"
        "  - Embedding(9, 3, mask_zero=True, embeddings_initializer=Constant(0.3))\n  - TimeDistributed(Q9Pages())\n"
        "  - Flatten\n"
    )


def beyond(words: Sequence[str]) -> str:
    """Makes entries and params of a cell and of a step."""
    def lines(first: str) -> str:
        made = [f"{word} = {_dense(at)} <- {first}" for at, word in enumerate(words)]
        return "\n".join(f"      - {json.dumps(one)}" for one in made)

    refs = ", ".join(words)
    return (
        "blocks:\n  Q9Cell:\n    inputs: [node, children]\n    layers:\n"
        + lines("node")
        + f"\n      - q9_below = Flatten() <- children\n      - Concatenate() <- {refs}, node, q9_below\n"
        f"      - {_quoted(_dense(1))}\n  Q9Step:\n    layers:\n" + lines("inputs") +
        f"\n      - Concatenate() <- {refs}, inputs\n      - {_quoted(_dense(2))}\n"
        "inputs:\n  q9_nodes: [null, 3]\n  q9_children: {shape: [null, 2], dtype: int32}\n"
        "layers:\n  - q9_states = recurse(Q9Cell()) <- nodes=q9_nodes, children=q9_children\n"
        "  - ops.take(-1, axis=1)\n  - loop(Q9Step(), until=Dense(1, activation='sigmoid', kernel_initializer=Constant(0.1)), max_steps=3)\n"
    )


_FLAG = "params: {q9_flag: true}"

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
    "overriding": hooks,
    "masked": masked,
    "beyond": beyond,
}
"""What makes a spec of words, by the place that these have in it."""

ALONE: dict[str, Make] = {"only input": one_input, "model": model_name}
"""The same of places that there is one of."""
