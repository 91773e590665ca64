"""How layers are called: `training`, merges, operations, outputs."""

from __future__ import annotations

import pytest

from tests.styles.sources import body, called, functional, signature, written

TRAINED = """
inputs: [8, 8, 2]
layers:
  - Dense(4)
  - BatchNormalization
  - Activation("relu")
  - SpatialDropout2D(0.5)
  - Reshape((-1, 4))
  - Bidirectional(LSTM(3, dropout=0.1))
  - GaussianNoise(0.1)
  - Dense(1)
"""


def test_training_goes_where_it_matters() -> None:
    """Layers that work otherwise in training are told of it, and no others."""
    assert signature(TRAINED) == "def call(self, inputs, training=None):"
    assert called(TRAINED) == """\
x = self.dense(inputs)
x = self.batch_normalization(x, training=training)
x = self.activation(x)
x = self.spatial_dropout2d(x, training=training)
x = self.reshape(x)
x = self.bidirectional(x, training=training)
x = self.gaussian_noise(x, training=training)
return self.dense_1(x)
"""


def test_no_training_without_need() -> None:
    """Where no layer works otherwise in training, `call` does not ask."""
    spec = "inputs: [4]\nlayers: [Dense(4), LayerNormalization, Dense(1)]\n"
    assert signature(spec) == "def call(self, inputs):"
    assert called(spec) == """\
x = self.dense(inputs)
x = self.layer_normalization(x)
return self.dense_1(x)
"""


def test_training_reaches_layers_of_ones_own() -> None:
    """A layer of the user's own is told by name; Keras sees whether it asks."""
    spec = """
inputs: [4]
imports: {Own: "somewhere:Own"}
layers: [Own, Dense(1)]
"""
    assert signature(spec) == "def call(self, inputs, training=None):"
    message = "x = self.own(inputs, training=training)\nreturn self.dense(x)\n"
    assert called(spec) == message


def test_training_that_is_said() -> None:
    """What the spec itself says of training is left as it is."""
    spec = """
inputs: {pixels: [4]}
layers:
  - Dropout(0.5) <- pixels, training=True
  - Dropout(0.5)
"""
    assert called(spec) == """\
x = self.dropout(inputs, training=True)
return self.dropout_1(x, training=training)
"""


def test_graphs_never_say_training() -> None:
    """In the other styles Keras sees to it."""
    for style in ("sequential", "functional"):
        assert "training" not in written(TRAINED, style)


def test_chain() -> None:
    """A chain hands `x` on, from `inputs` to `outputs`."""
    spec = "name: chain\ninputs: [4]\nlayers: [Dense(3), Flatten, Dense(1)]\n"
    assert functional(spec) == """\
inputs = keras.Input(shape=(4,))
x = layers.Dense(3)(inputs)
x = layers.Flatten()(x)
outputs = layers.Dense(1)(x)
return keras.Model(inputs, outputs, name="chain")
"""
    assert body(written(spec), "build_model") == """\
return keras.Sequential(
    [
        keras.Input(shape=(4,)),
        layers.Dense(3),
        layers.Flatten(),
        layers.Dense(1),
    ],
    name="chain",
)
"""


def test_one_layer() -> None:
    """The shortest chain goes from `inputs` to `outputs` at once."""
    spec = "name: one\ninputs: {pixels: [4]}\nlayers: [Dense(1)]\n"
    assert functional(spec) == """\
inputs = keras.Input(shape=(4,), name="pixels")
outputs = layers.Dense(1)(inputs)
return keras.Model(inputs, outputs, name="one")
"""
    assert called(spec) == "return self.dense(inputs)\n"


DICTIONARIES = """
name: both
params: {size: 5}
inputs:
  wide: [$size]
  deep: {shape: [null, 6], dtype: int32, batch_size: 2}
layers:
  - a = Dense(4) <- wide
  - b = GlobalAveragePooling1D() <- deep
  - Concatenate() <- a, b
  - score = Dense(1) <- concatenate
  - label = Dense(3) <- concatenate
outputs: {points: score, kind: label}
"""


def test_several_inputs_and_outputs_are_dictionaries() -> None:
    """Several inputs go by their names in every style, outputs by their keys."""
    assert functional(DICTIONARIES) == """\
wide = keras.Input(shape=(size,), name="wide")
deep = keras.Input(shape=(None, 6), dtype="int32", batch_size=2, name="deep")
a = layers.Dense(4)(wide)
b = layers.GlobalAveragePooling1D()(deep)
concatenate = layers.Concatenate()([a, b])
score = layers.Dense(1)(concatenate)
label = layers.Dense(3)(concatenate)
return keras.Model(
    {"wide": wide, "deep": deep}, {"points": score, "kind": label}, name="both"
)
"""
    assert called(DICTIONARIES) == """\
a = self.a(inputs["wide"])
b = self.b(inputs["deep"])
concatenate = self.concatenate([a, b])
score = self.score(concatenate)
label = self.label(concatenate)
return {"points": score, "kind": label}
"""
    text = written(DICTIONARIES, "subclass")
    assert body(text, "build") == """\
self.input_spec = [
    keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
    for name in ("wide", "deep")
]
# Trace `call` on symbolic inputs to build every layer and set its output shape.
self.call(
    {
        "wide": keras.Input(batch_shape=input_shape["wide"], name="wide"),
        "deep": keras.Input(
            batch_shape=input_shape["deep"], dtype="int32", name="deep"
        ),
    }
)
self.built = True
"""
    assert body(text, "build_model") == """\
model = Both(size=size, name="both")
model.build({"wide": (None, size), "deep": (2, None, 6)})
return model
"""


@pytest.mark.parametrize(
    ("outputs", "named", "wanted"),
    [
        ("b", "", "b"),
        ("[b]", "b", "[b]"),
        ("{k: b}", "", '{"k": b}'),
        ("[a, b]", "ab", "[a, b]"),
        ("[b, a]", "ab", "[b, a]"),
        ("{k: a, l: b}", "", '{"k": a, "l": b}'),
        ("{b: a, a: b}", "", '{"b": a, "a": b}'),
    ],
)
def test_outputs(outputs: str, named: str, wanted: str) -> None:
    """A name is a tensor, a list of several a list, a mapping a dictionary.

    Keras names the outputs of a list after their layers.
    """
    spec = f"""
name: m
inputs: [4]
layers:
  - a = Dense(3)
  - b = Dense(4)
outputs: {outputs}
"""
    passed = {name: f', name="{name}"' if name in named else "" for name in "ab"}
    assert functional(spec) == f"""\
inputs = keras.Input(shape=(4,))
a = layers.Dense(3{passed["a"]})(inputs)
b = layers.Dense(4{passed["b"]})(a)
return keras.Model(inputs, {wanted}, name="m")
"""
    text = called(spec)
    if wanted in ("b", "[b]"):
        # A graph gives the only one of a list by itself, and so does a class.
        assert text == "x = self.a(inputs)\nreturn self.b(x)\n"
    elif wanted == '{"k": b}':
        assert (
            text == 'x = self.a(inputs)\noutputs = self.b(x)\nreturn {"k": outputs}\n'
        )
    else:
        assert text == f"a = self.a(inputs)\nb = self.b(a)\nreturn {wanted}\n"


@pytest.mark.parametrize(
    ("index", "targets", "result"),
    [(0, "memory, _", "memory"), (1, "_, memory_state", "memory_state")],
)
def test_one_output_of_several(index: int, targets: str, result: str) -> None:
    """Of a layer that returns several tensors, the others have no name."""
    spec = f"""
name: m
inputs: [4, 2]
layers: ["memory = GRU(3, return_state=True)"]
outputs: memory[{index}]
"""
    assert functional(spec) == f"""\
inputs = keras.Input(shape=(4, 2))
{targets} = layers.GRU(3, return_state=True)(inputs)
return keras.Model(inputs, {result}, name="m")
"""
    text = called(spec).replace(", training=training", "")
    targets = targets.replace(result, "outputs")
    assert text == f"{targets} = self.memory(inputs)\nreturn outputs\n"


def test_states() -> None:
    """States are handed from layer to layer, one by one and as a list."""
    spec = """
name: m
inputs: {source: [4, 2], target: [5, 2]}
layers:
  - encoder = LSTM(3, return_state=True) <- source
  - decoder = LSTM(3) <- target, initial_state=[encoder[1], encoder[2]]
  - Concatenate() <- encoder[0], decoder
"""
    assert functional(spec) == """\
source = keras.Input(shape=(4, 2), name="source")
target = keras.Input(shape=(5, 2), name="target")
encoder, encoder_h, encoder_c = layers.LSTM(3, return_state=True)(source)
decoder = layers.LSTM(3)(target, initial_state=[encoder_h, encoder_c])
outputs = layers.Concatenate()([encoder, decoder])
return keras.Model({"source": source, "target": target}, outputs, name="m")
"""
    assert called(spec) == """\
encoder, encoder_h, encoder_c = self.encoder(
    inputs["source"], training=training
)
decoder = self.decoder(
    inputs["target"], initial_state=[encoder_h, encoder_c], training=training
)
return self.concatenate([encoder, decoder])
"""


def test_arguments_of_a_call() -> None:
    """Several tensors go in order or by name, constants by name."""
    spec = """
name: m
inputs: {a: [4, 2], b: [4, 2]}
layers:
  - one = MultiHeadAttention(1, 2) <- a, b, use_causal_mask=True
  - MultiHeadAttention(1, 2) <- query=one, value=b, key=a
"""
    assert functional(spec) == """\
a = keras.Input(shape=(4, 2), name="a")
b = keras.Input(shape=(4, 2), name="b")
one = layers.MultiHeadAttention(num_heads=1, key_dim=2)(a, b, use_causal_mask=True)
outputs = layers.MultiHeadAttention(num_heads=1, key_dim=2)(
    query=one, value=b, key=a
)
return keras.Model({"a": a, "b": b}, outputs, name="m")
"""


OPERATIONS = """
name: m
params: {axis: 1}
inputs: [4, 2]
layers:
  - first = Dense(2)
  - ops.relu
  - ops.add() <- first, relu
  - ops.mean(axis=axis, keepdims=False)
  - ops.multiply(x2=0.5)
"""


def test_operations() -> None:
    """A function of `keras.ops` is called as it is, tensors first."""
    assert functional(OPERATIONS) == """\
inputs = keras.Input(shape=(4, 2))
first = layers.Dense(2)(inputs)
x = ops.relu(first)
x = ops.add(first, x)
x = ops.mean(x, axis=axis, keepdims=False)
outputs = ops.multiply(x, 0.5)
return keras.Model(inputs, outputs, name="m")
"""
    text = written(OPERATIONS, "subclass")
    assert body(text, "call") == """\
first = self.first(inputs)
x = ops.relu(first)
x = ops.add(first, x)
x = ops.mean(x, axis=self.axis, keepdims=False)
return ops.multiply(x, 0.5)
"""
    # Functions hold nothing: they are no attributes.
    assert body(text, "__init__") == """\
super().__init__(**kwargs)
self.axis = axis
self.first = layers.Dense(2)
"""
    assert "from keras import layers, ops\n" in text


def test_get_config() -> None:
    """Params come back from `get_config`, in the order of the spec."""
    spec = """
params: {second: 2, sizes: [3, 3], rate: 0.5}
inputs: [8, 8, 1]
layers: ["Conv2D(second, sizes)", Flatten, Dense(1)]
compile: {optimizer: SGD(learning_rate=rate), loss: mse}
"""
    text = written(spec, "subclass")
    assert body(text, "get_config") == """\
return {**super().get_config(), "second": self.second, "sizes": self.sizes}
"""
    wanted = "def __init__(self, second=2, sizes=(3, 3), **kwargs):"
    assert signature(spec, "__init__") == wanted
    assert body(text, "__init__").splitlines()[:3] == [
        "super().__init__(**kwargs)",
        "self.second = second",
        "self.sizes = sizes",
    ]
    assert body(text, "build_model").splitlines()[0] == (
        'model = Model(second=second, sizes=sizes, name="model")'
    )
    assert signature(spec, "compile_model") == "def compile_model(model, rate=0.5):"


def test_no_get_config_without_params() -> None:
    """Where there is nothing to store, Keras's own is enough."""
    text = written("inputs: [4]\nlayers: [Dense(1)]\n", "subclass")
    assert "get_config" not in text
