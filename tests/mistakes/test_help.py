"""A help that is followed leads to a spec that is right."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.mistakes import HEAD, Mistake, entry, found_in, mistakes

TABLE = mistakes()
OTHER_KINDS = {"KS207", "KS209", "KS217", "KS305", "KS306"}
"""Names and conditions, of which a pasted line alone does not say what is meant."""
LEFT_TO_DO = re.compile(
    r"write your own layer|a block of|or your own layer|or a layer of your own"
    r"|on its own line, indented|on a line of its own, indented"
)
"""Cures that are more than a line."""


def lines_of(help_: str) -> list[str] | None:
    """Return the lines that a help has for an entry; `None` where it has none."""
    if help_.startswith("remove it"):
        return []
    match = re.search(r"(?:^|; |\? )write (`.*?`)(?:, each after `- `)?$", help_)
    if match is None or LEFT_TO_DO.search(help_):
        return None
    return [text.strip("`") for text in match[1].split("` and `")]


OLD_LSTM = (
    'LSTM(64, input_shape=(8, 8), consume_less="gpu", inner_activation="hard_sigmoid")'
)
TORCH_LSTM = "nn.LSTM(8, 16, num_layers=2, batch_first=True, bidirectional=True)"
FITTING = {
    "tf.matmul(x, x)": "[8, 8]",
    "x @ x": "[8, 8]",
    "tf.squeeze(x, axis=-1)": "[8, 1]",
    "tf.reshape(x, [-1, 64])": "[64]",
    "x.reshape(-1, 16)": "[16]",
    "layers.Bidirectional(layers.LSTM(64, return_sequences=True))": "[8, 4]",
    "CuDNNLSTM(64)": "[8, 4]",
    "tf.keras.layers.LSTM(4, return_sequences=True)": "[8, 4]",
    OLD_LSTM: "[8, 8]",
    TORCH_LSTM: "[8, 8]",
    "nn.GRU(4, 16, 1, batch_first=True)": "[8, 4]",
    "nn.RNN(16, 8)": "[8, 16]",
}
"""What the input is for entries that cannot be called on the one of all others."""

MENDED = [
    pytest.param(row, lines, id=row.name)
    for row in TABLE
    if row.text == entry(row.name) and (lines := lines_of(row.help)) is not None
]


def test_most_helps_are_lines() -> None:
    """Most helps of pasted entries are what to write instead."""
    assert len(MENDED) > 120


@pytest.mark.parametrize(("row", "lines"), MENDED)
def test_help_mends(row: Mistake, lines: list[str]) -> None:
    """A help that was followed leads to no finding, or to one of another kind."""
    text = HEAD + "".join(f"  - {line}\n" for line in [*lines, "Flatten"])
    if row.is_keyed:
        # In keyed notation, the line is what stands in the place of the finding.
        (diagnostics,) = found_in(row.text)
        _, first, _, last = diagnostics.span[1:]
        shift = len("  - ")
        whole = row.name[: first - 1 - shift] + lines[0] + row.name[last - 1 - shift :]
        text = entry(whole)
    again = found_in(text.replace("[8, 8, 4]", FITTING.get(row.name, "[8, 8, 4]")))
    assert row.code not in {diagnostic.code for diagnostic in again}, again
    assert {diagnostic.code for diagnostic in again} <= OTHER_KINDS, again


STATEMENTS = [
    (
        ["x = keras.Input(shape=(4,))", "h = Dense(8)(x)", "h = Dense(8)(h)"],
        [None, "Dense(8)", "h = Dense(8)"],
    ),
    (
        [
            "x = layers.Dense(8)(inputs)",
            "y = layers.Dense(8)(x)",
            "x = layers.Add()([x, y])",
            "h = layers.Dense(2)(x)",
        ],
        ["x_1 = Dense(8)", "y = Dense(8)", "Add() <- x_1, y", "h = Dense(2)"],
    ),
    (
        [
            "x = layers.Dense(8)(inputs)",
            "shortcut = x",
            "x = layers.Dense(8)(x)",
            "h = layers.add([x, shortcut])",
        ],
        ["x_1 = Dense(8)", None, "x_2 = Dense(8)", "h = Add() <- x_2, x_1"],
    ),
    (
        [
            "a, b, c = LSTM(8, return_state=True)(inputs)",
            "d = Dense(8)(b)",
            "h = Add()([d, a])",
        ],
        [
            "lstm_1 = LSTM(8, return_state=True)",
            "d = Dense(8) <- lstm_1[1]",
            "h = Add() <- d, lstm_1[0]",
        ],
    ),
    (
        [
            "a, b, c = LSTM(8, return_state=True)",
            "d = Dense(8) <- b",
            "h = Add() <- d, a",
        ],
        [
            "lstm_1 = LSTM(8, return_state=True)",
            "d = Dense(8) <- lstm_1[1]",
            "h = Add() <- d, lstm_1[0]",
        ],
    ),
    (
        [
            "q = Dense(8)(inputs)",
            "k = Dense(8)(inputs)",
            "v = Dense(8)(inputs)",
            "h = nn.MultiheadAttention(8, 2)(q, k, v)",
        ],
        [
            "q = Dense(8)",
            "k = Dense(8) <- inputs",
            "v = Dense(8) <- inputs",
            "h = MultiHeadAttention(num_heads=2, key_dim=4) <- q, key=k, value=v",
        ],
    ),
    (
        ["h = Dense(3)(Dropout(0.5)(BatchNormalization()(inputs)))"],
        [["BatchNormalization()", "Dropout(0.5)", "h = Dense(3)"]],
    ),
]
"""Lines of functional code, and what they are as entries; none for what is left out."""


@pytest.mark.parametrize(("items", "wanted"), STATEMENTS)
def test_variables(items: list[str], wanted: list[Any]) -> None:
    """A variable that is assigned to again is a step of another name."""
    is_sequence = any("LSTM" in line or "Attention" in line for line in items)
    inputs = "[4, 4]" if is_sequence else "[4]"
    head = f"inputs: {inputs}\noutputs: h\nlayers:\n"
    results = found_in(head + "".join(f"  - {line}\n" for line in items))
    assert len(results) == len(items)
    helps = [
        lines_of(diagnostic.help)
        for diagnostic in sorted(results, key=lambda diagnostic: diagnostic.span)
    ]
    expected = [
        [] if item is None else item if isinstance(item, list) else [item]
        for item in wanted
    ]
    assert helps == expected
    written = [line for lines in expected for line in lines]
    assert found_in(head + "".join(f"  - {line}\n" for line in written)) == ()


OBJECTS = [
    (
        "inputs: {a: [4], b: [4]}\noutputs: [x, y]",
        ["shared = layers.Dense(4)", "x = shared(a)", "y = shared(b)"],
        [None, "x = Dense(4) <- a", "y = reuse(x) <- b"],
    ),
    (
        "inputs: {a: [4], b: [4]}\noutputs: [x, y]",
        ["shared = Dense(4)", "x = shared(a)", "y = shared(b)"],
        [None, "x = Dense(4) <- a", "y = reuse(x) <- b"],
    ),
    (
        "inputs: {query: [null, 8], answer: [null, 9]}",
        [
            "encoder = keras.layers.LSTM(16, return_state=True)",
            "outputs, state_h, state_c = encoder(query)",
            "states = [state_h, state_c]",
            "decoder = keras.layers.LSTM(16, return_sequences=True, return_state=True)",
            "x, _, _ = decoder(answer, initial_state=states)",
            'dense = keras.layers.Dense(9, activation="softmax")',
            "x = dense(x)",
            "model = keras.Model([query, answer], x)",
        ],
        [
            None,
            "encoder = LSTM(16, return_state=True) <- query",
            None,
            None,
            "decoder = LSTM(16, return_sequences=True, return_state=True) <- answer, "
            "initial_state=[encoder[1], encoder[2]]",
            None,
            'x = Dense(9, activation="softmax") <- decoder[0]',
            None,
        ],
    ),
    (
        "inputs: [8, 8, 3]",
        [
            "x = layers.Conv2D(3, 3)(inputs)",
            "bn = layers.BatchNormalization()",
            "x = bn(x)",
            "unused = layers.Dense(3)",
            "x = layers.ReLU()(x)",
            "x = bn(x)",
        ],
        [
            "Conv2D(3, 3)",
            None,
            "bn = BatchNormalization()",
            None,
            "ReLU()",
            "reuse(bn)",
        ],
    ),
    (
        "inputs: [8]",
        [
            "self.hidden = layers.Dense(8)",
            "self.head = layers.Dense(4)",
            "x = self.hidden(inputs)",
            "return self.head(x)",
        ],
        [None, None, "x = Dense(8)", "Dense(4) <- x"],
    ),
    (
        "inputs: {a: [8], b: [8]}",
        [
            "tower = keras.Sequential([layers.Dense(8), layers.Dense(4)])",
            "branches = [tower(a), tower(b)]",
            "z = layers.Concatenate()(branches)",
        ],
        [
            None,
            [
                "tower = Dense(8) <- a",
                "dense_1 = Dense(4)",
                "reuse(tower) <- b",
                "dense_2 = reuse(dense_1)",
            ],
            "z = Concatenate() <- dense_1, dense_2",
        ],
    ),
    (
        "inputs: [8]",
        [
            "rows = [layers.Dense(8) for _ in range(3)]",
            "for row in rows:",
            "x = row(x)",
            "regularizer = regularizers.l2(0.01)",
            "x = layers.Dense(2, kernel_regularizer=regularizer)(x)",
        ],
        [None, ["Dense(8) * 3"], None, "Dense(2, kernel_regularizer=L2(0.01))"],
    ),
    (
        "inputs: {a: [4], b: [4]}",
        [
            "shared = layers.Dense(4)",
            "x = shared(a)",
            "y = shared(b)",
            "model = keras.Model([a, b], [x, y])",
        ],
        [None, "x = Dense(4) <- a", "y = reuse(x) <- b", None],
    ),
]
"""Sections, lines with layer objects, and what they are as entries."""


@pytest.mark.parametrize(("head", "items", "wanted"), OBJECTS)
def test_layer_objects(head: str, items: list[str], wanted: list[Any]) -> None:
    """A layer that one line makes and others call is an entry, and `reuse` of it."""
    text = f"{head}\nlayers:\n" + "".join(f"  - {line}\n" for line in items)
    diagnostics = sorted(found_in(text), key=lambda each: each.span)
    expected = [
        [] if each is None else each if isinstance(each, list) else [each]
        for each in wanted
    ]
    assert [lines_of(each.help) for each in diagnostics] == expected
    for each in diagnostics:
        if outputs := re.search(r"write `(outputs: .*)`$", each.help):
            head = f"{head}\n{outputs[1]}"
    lines = [line for each in expected for line in each]
    assert (
        found_in(f"{head}\nlayers:\n" + "".join(f"  - {line}\n" for line in lines))
        == ()
    )


BELOW = re.compile(
    r"write `(.*)`, and `(.*)` on (?:its own line|a line of its own), "
    r"indented like `.*`"
)
LISTED = re.compile(r"`- (\w[^`]*)`")
BESIDE = re.compile(r"next to `layers`, write `(.*?)`(?=;|,|$)")
SECTION = re.compile(r"write `((?:compile|train|inputs|layers):.*?)`(?=[,;]|$)")


@pytest.mark.parametrize(
    ("row", "match"),
    [
        pytest.param(row, match, id=row.name)
        for row in TABLE
        if (match := BELOW.fullmatch(row.help)) and row.text == entry(row.name)
    ],
)
def test_keyed_help_mends(row: Mistake, match: re.Match[str]) -> None:
    """An entry that was half in keyed notation is one as its help says."""
    text = f"{entry(match[1])}    {match[2]}\n"
    assert {each.code for each in found_in(text)} <= OTHER_KINDS, text


SCRIPTS = [
    pytest.param(row, id=row.name)
    for row in TABLE
    if row.path != "m.json"
    and row.help.startswith(("write one entry", "write `inputs: "))
    and re.search(r"`- \w", row.help)
    and not re.search(r"block|\.\.\.", row.help)
]


@pytest.mark.parametrize("row", SCRIPTS)
def test_script_help_mends(row: Mistake) -> None:
    """Statements are a list of entries as their help says."""
    lines = LISTED.findall(row.help)
    inputs = re.search(r"write `(inputs: .*?)`", row.help)
    head = re.search(r"^inputs: .*$", row.text, re.MULTILINE)
    assert inputs or head
    first = inputs[1] if inputs else head[0] if head else ""
    text = f"{first}\nlayers:\n" + "".join(f"  - {line}\n" for line in lines)
    text += "".join(f"{section}\n" for section in BESIDE.findall(row.help))
    assert found_in(text) == (), text


@pytest.mark.parametrize(
    ("row", "section"),
    [
        pytest.param(row, match[1], id=row.name)
        for row in TABLE
        if row.path == "m.yaml"
        and row.code in ("KS103", "KS107")
        and (match := SECTION.match(row.help))
    ],
)
def test_section_help_mends(row: Mistake, section: str) -> None:
    """A section that was a call is right as its help says."""
    key = section.split(":")[0]
    lines = row.text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(key))
    end = start + 1
    while key != "layers" and end < len(lines) and lines[end][:1] == " ":
        end += 1
    text = "\n".join([*lines[:start], section, *lines[end:], ""])
    left = found_in(text)
    if "left:" in section:  # the names are for the author to choose
        assert all(each.code == "KS304" for each in left), text
    else:
        assert left == (), text
