"""Runs over two trees with one network, then thinks about both."""

# By keras-scaffold from forest.yaml (subclass); sha256 77df02314b7e1a82

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="forest")
class Recurse(layers.Layer):
    """A layer that applies a cell to the nodes of trees, children before parents.

    Each tree has its own structure, which `children` contains. For training, TensorFlow
    cannot compile this layer with XLA; JAX can.

    Args:
        cell: Layer that returns the state of a node, with as many features as a node.
            It is called on `node`, of shape (batch, features), and on `children`, the
            states of the node's children, of shape (batch, arity, features). The state
            of a missing child is zeros.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, cell, **kwargs):
        super().__init__(**kwargs)
        self.cell = cell
        self.supports_masking = True
        self.supports_jit = keras.config.backend() != "tensorflow"

    def build(self, nodes_shape, children_shape):
        batch, _, features = nodes_shape
        below = (batch, children_shape[-1], features)
        state = self.cell(
            node=keras.Input(batch_shape=(batch, features)),
            children=keras.Input(batch_shape=below),
        )
        if state.shape[-1] != features:
            message = f"{state.shape[-1]} features, but a node has {features}"
            raise ValueError(f"`cell` returned {message}: they must be equal")
        self.built = True

    def call(self, nodes, children):
        # The index of a child is less than its parent's. Others mean no child.
        places = ops.arange(ops.shape(nodes)[1], dtype=children.dtype)[:, None]
        is_child = ops.logical_and(children >= 0, children < places)
        children = ops.where(is_child, children, -1)
        # Scan one tensor over the nodes: with two of unknown length, TensorFlow's scan
        # fails (Keras 3.15). Float32 holds all indices up to 2 ** 24.
        pair = [ops.cast(nodes, "float32"), ops.cast(children, "float32")]
        turns = ops.transpose(ops.concatenate(pair, axis=-1), (1, 0, 2))

        def step(carry, turn):
            states, place = carry
            node, wanted = ops.split(turn, [nodes.shape[-1]], axis=-1)
            wanted = ops.cast(ops.transpose(wanted), "int32")[..., None]
            found = ops.take_along_axis(states, ops.maximum(wanted, 0), axis=0)
            found = ops.transpose(ops.where(wanted >= 0, found, 0), (1, 0, 2))
            state = self.cell(node=ops.cast(node, nodes.dtype), children=found)
            # The state is still zero here, and adding is faster than replacing.
            states = ops.scatter_update(states, [[place]], state[None], reduction="add")
            return (states, place + 1), None

        states = ops.zeros_like(ops.transpose(nodes, (1, 0, 2)))
        (states, _), _ = ops.scan(step, (states, 0), turns)
        return ops.transpose(states, (1, 0, 2))

    def compute_output_shape(self, nodes_shape, children_shape):
        return nodes_shape

    def get_config(self):
        cell = keras.saving.serialize_keras_object(self.cell)
        return {**super().get_config(), "cell": cell}

    @classmethod
    def from_config(cls, config):
        cell = keras.saving.deserialize_keras_object(config["cell"])
        return cls(**{**config, "cell": cell})


@keras.saving.register_keras_serializable(package="forest")
class Loop(layers.Layer):
    """A layer that applies `step` to each example until `until` stops it.

    The decision to stop has no gradient, so the layers after this one do not train the
    weights of `until`.

    Args:
        step: Layer that returns the next state, of the same shape as the state.
        until: Layer that returns a number between 0 and 1 for a state. An example stops
            once this number exceeds 0.5.
        max_steps: int, the maximum number of steps per example.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, step, until, max_steps, **kwargs):
        super().__init__(**kwargs)
        self.step = step
        self.until = until
        self.max_steps = max_steps

    def build(self, input_shape):
        after = self.step(keras.Input(batch_shape=input_shape))
        if tuple(after.shape) != tuple(input_shape):
            message = f"`step` returned {tuple(after.shape)} for {tuple(input_shape)}"
            raise ValueError(f"{message}: the shapes must be equal")
        self.until(after)
        self.built = True

    def call(self, state):
        ones = (1,) * (len(state.shape) - 1)
        goes_on = ops.ones((ops.shape(state)[0], *ones), dtype="bool")
        # A copy has no mask, so that all steps run without one.
        state = ops.copy(state)
        for _ in range(self.max_steps):
            state, goes_on = self.take_step(state, goes_on)
        return state

    def take_step(self, state, goes_on):
        """Apply `step` to the examples that have not stopped, if any."""

        def step():
            after = ops.where(goes_on, self.step(state), state)
            number = ops.reshape(self.until(after), ops.shape(goes_on))
            return after, ops.logical_and(goes_on, number <= 0.5)

        return ops.cond(ops.any(goes_on), step, lambda: (state, goes_on))

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "step": keras.saving.serialize_keras_object(self.step),
            "until": keras.saving.serialize_keras_object(self.until),
            "max_steps": self.max_steps,
        }

    @classmethod
    def from_config(cls, config):
        made = {
            key: keras.saving.deserialize_keras_object(config[key])
            for key in ("step", "until")
        }
        return cls(**{**config, **made})


@keras.saving.register_keras_serializable(package="forest")
class Gate(layers.Layer):
    """The `gate` block.

    Args:
        width: int, `units` of `value` and `gate`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.value = layers.Dense(width, activation="tanh", name="value")
        self.gate = layers.Dense(width, activation="sigmoid", name="gate")
        self.multiply = layers.Multiply()

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        value = self.value(inputs)
        gate = self.gate(inputs)
        return self.multiply([value, gate])

    def get_config(self):
        return {**super().get_config(), "width": self.width}


@keras.saving.register_keras_serializable(package="forest")
class Cell(layers.Layer):
    """Makes a state of a node and its three children, last ones first.

    Args:
        width: int, `width` of `gate`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.below = layers.Flatten(name="below")
        self.concatenate = layers.Concatenate()
        self.gate = Gate(width)

    def build(self, children_shape, node_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            keras.Input(batch_shape=children_shape), keras.Input(batch_shape=node_shape)
        )
        self.built = True

    def call(self, children, node):
        below = self.below(children)
        x = self.concatenate([below, node])
        return self.gate(x)

    def get_config(self):
        return {**super().get_config(), "width": self.width}


@keras.saving.register_keras_serializable(package="forest")
class Reader(layers.Layer):
    """Reads the nodes of a tree several times over.

    Args:
        width: int, `units` of `start` and `width` of `Cell` in `states`.
        rounds: int, the number of layers of `states`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, width, rounds, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.rounds = rounds
        self.start = layers.Dense(width, name="start")
        self.states = [Recurse(Cell(width), name=f"states_{i}") for i in range(rounds)]

    def build(self, nodes_shape, places_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            keras.Input(batch_shape=nodes_shape), keras.Input(batch_shape=places_shape)
        )
        self.built = True

    def call(self, nodes, places):
        start = self.start(nodes)
        x = start
        for layer in self.states:
            x = layer(nodes=x, children=places)
        return ops.take(x, -1, axis=1)

    def get_config(self):
        return {**super().get_config(), "width": self.width, "rounds": self.rounds}


@keras.saving.register_keras_serializable(package="forest")
class Forest(keras.Model):
    """Runs over two trees with one network, then thinks about both.

    Args:
        width: int, `width` of `reader`. Defaults to 6.
        rounds: int, `rounds` of `reader`. Defaults to 2.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, width=6, rounds=2, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.rounds = rounds
        self.reader = Reader(width, rounds, name="reader")
        self.both = layers.Concatenate(name="both")
        self.state = Loop(
            layers.Dense(12, activation="tanh"),
            until=layers.Dense(1, activation="sigmoid"),
            max_steps=3,
            name="state",
        )
        self.dense = layers.Dense(2, activation="softmax")

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("left", "left_children", "right", "right_children")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "left": keras.Input(batch_shape=input_shape["left"], name="left"),
                "left_children": keras.Input(
                    batch_shape=input_shape["left_children"],
                    dtype="int32",
                    name="left_children",
                ),
                "right": keras.Input(batch_shape=input_shape["right"], name="right"),
                "right_children": keras.Input(
                    batch_shape=input_shape["right_children"],
                    dtype="int32",
                    name="right_children",
                ),
            }
        )
        self.built = True

    def call(self, inputs):
        if not isinstance(inputs, dict) or inputs.keys() - {
            "left",
            "left_children",
            "right",
            "right_children",
        }:
            raise ValueError(
                "expected a dictionary with the keys that `build_model` lists"
            )
        reader = self.reader(inputs["left"], inputs["left_children"])
        other = self.reader(inputs["right"], inputs["right_children"])
        x = self.both([reader, other])
        x = self.state(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "left": keras.Input(shape=(None, 4), name="left"),
                    "left_children": keras.Input(
                        shape=(None, 3), dtype="int32", name="left_children"
                    ),
                    "right": keras.Input(shape=(None, 4), name="right"),
                    "right_children": keras.Input(
                        shape=(None, 3), dtype="int32", name="right_children"
                    ),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {**super().get_config(), "width": self.width, "rounds": self.rounds}


def build_model(width=6, rounds=2) -> keras.Model:
    """Build the `forest` model.

    Args:
        width: int, `width` of `reader`. Defaults to 6.
        rounds: int, `rounds` of `reader`. Defaults to 2.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `left` (float32 of
            shape (batch, None, 4)), `left_children` (int32 of shape (batch, None, 3)),
            `right` (float32 of shape (batch, None, 4)) and `right_children` (int32 of
            shape (batch, None, 3)).
    """
    model = Forest(width=width, rounds=rounds, name="forest")
    model.build(
        {
            "left": (None, None, 4),
            "left_children": (None, None, 3),
            "right": (None, None, 4),
            "right_children": (None, None, 3),
        }
    )
    return model
