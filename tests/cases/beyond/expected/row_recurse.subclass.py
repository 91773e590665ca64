"""The `row_recurse` model."""

# By keras-scaffold from row_recurse.yaml (subclass); sha256 c84fe8fd0eefe07d

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="row_recurse")
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


@keras.saving.register_keras_serializable(package="row_recurse")
class Cell(layers.Layer):
    """The `cell` block.

    Args:
        units: int, `units` of `dense`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.add = layers.Add()
        self.dense = layers.Dense(units, activation="tanh")

    def build(self, node_shape, children_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            keras.Input(batch_shape=node_shape), keras.Input(batch_shape=children_shape)
        )
        self.built = True

    def call(self, node, children):
        below = ops.sum(children, axis=1)
        x = self.add([node, below])
        return self.dense(x)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable(package="row_recurse")
class RowRecurse(keras.Model):
    """The `row_recurse` model.

    Args:
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.nodes = layers.Embedding(12, 6, mask_zero=True, name="nodes")
        self.states = Recurse(Cell(6), name="states")
        self.global_average_pooling1d = layers.GlobalAveragePooling1D()
        self.dense = layers.Dense(1)

    def build(self, input_shape):
        self.input_spec = [
            keras.InputSpec(shape=(None, *input_shape[name][1:]), name=name)
            for name in ("tokens", "children")
        ]
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(
            {
                "tokens": keras.Input(
                    batch_shape=input_shape["tokens"], dtype="int32", name="tokens"
                ),
                "children": keras.Input(
                    batch_shape=input_shape["children"], dtype="int32", name="children"
                ),
            }
        )
        self.built = True

    def call(self, inputs):
        if not isinstance(inputs, dict) or inputs.keys() - {"tokens", "children"}:
            raise ValueError(
                "expected a dictionary with the keys `tokens` and `children`"
            )
        nodes = self.nodes(inputs["tokens"])
        x = self.states(nodes=nodes, children=inputs["children"])
        x = self.global_average_pooling1d(x)
        return self.dense(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault(
            "input_signature",
            [
                {
                    "tokens": keras.Input(shape=(None,), dtype="int32", name="tokens"),
                    "children": keras.Input(
                        shape=(None, 2), dtype="int32", name="children"
                    ),
                }
            ],
        )
        super().export(filepath, *args, **kwargs)


def build_model() -> keras.Model:
    """Build the `row_recurse` model.

    Returns:
        A built, uncompiled model. Its input is a dictionary with `tokens` (int32 of
            shape (batch, None)) and `children` (int32 of shape (batch, None, 2)).
    """
    model = RowRecurse(name="row_recurse")
    model.build({"tokens": (None, None), "children": (None, None, 2)})
    return model
