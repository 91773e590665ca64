"""KS7xx: models that are not what they should be.

An example is a generated file. A spec stands in the comments above it where the file is
held against one.
"""

from scaffold.diagnostics import Code


class KS704(Code):
    """The model's weights are others than the spec's.

    What it does:
        Compares the shapes of every layer's weights, and the number of parameters, with
        those of the spec's own layers.

    Why:
        A layer that is made twice in place of once, or once in place of twice, trains
        to something else, and no error says so.

    Example:
        # inputs: [4]
        # layers:
        #   - twice = Dense(4)
        #   - reuse(twice)
        import keras
        from keras import layers


        def build_model():
            inputs = keras.Input(shape=(4,))
            x = layers.Dense(4, name="twice")(inputs)
            outputs = layers.Dense(4, name="twice_again")(x)
            return keras.Model(inputs, outputs, name="model")

    Instead:
        # inputs: [4]
        # layers:
        #   - twice = Dense(4)
        #   - reuse(twice)
        import keras
        from keras import layers


        def build_model():
            inputs = keras.Input(shape=(4,))
            twice = layers.Dense(4, name="twice")
            x = twice(inputs)
            outputs = twice(x)
            return keras.Model(inputs, outputs, name="model")
    """

    name = "other-weights"


class KS705(Code):
    """A layer is another than the spec's, or there is none.

    What it does:
        Reports entries without their layer, layers without an entry, layers of another
        class, and arguments with another value than the spec's.

    Why:
        Such a model can have the same weights, and even the same output for now:
        dropout is seen in training only.

    Example:
        # inputs: [4]
        # layers:
        #   - Dense(8, activation="relu")
        #   - Dropout(0.5)
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential(
                [
                    keras.Input(shape=(4,)),
                    layers.Dense(8, activation="relu"),
                    layers.Dropout(0.2),
                ],
                name="model",
            )

    Instead:
        # inputs: [4]
        # layers:
        #   - Dense(8, activation="relu")
        #   - Dropout(0.5)
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential(
                [
                    keras.Input(shape=(4,)),
                    layers.Dense(8, activation="relu"),
                    layers.Dropout(0.5),
                ],
                name="model",
            )
    """

    name = "other-layer"


class KS706(Code):
    """The model computes something else than the spec.

    What it does:
        Gives the model the weights of the spec's own layers, calls both on the same
        numbers, and reports the first entries that are called on something else, or
        whose result differs. Random numbers are the same in both; those that no seed
        reaches are compared as distributions.

    Why:
        With the same layers and the same weights, it is the wiring that is wrong.

    Example:
        # inputs: {a: [4], b: [4]}
        # layers:
        #   - Subtract() <- a, b
        import keras
        from keras import layers


        def build_model():
            a = keras.Input(shape=(4,), name="a")
            b = keras.Input(shape=(4,), name="b")
            outputs = layers.Subtract()([b, a])
            return keras.Model({"a": a, "b": b}, outputs, name="model")

    Instead:
        # inputs: {a: [4], b: [4]}
        # layers:
        #   - Subtract() <- a, b
        import keras
        from keras import layers


        def build_model():
            a = keras.Input(shape=(4,), name="a")
            b = keras.Input(shape=(4,), name="b")
            outputs = layers.Subtract()([a, b])
            return keras.Model({"a": a, "b": b}, outputs, name="model")
    """

    name = "other-output"


class KS707(Code):
    """The output is not finite.

    What it does:
        Calls the model on small random numbers, and reports infinities and what is not
        a number.

    Why:
        No training mends it: after one step, no weight is a number either.

    Example:
        import keras
        from keras import layers, ops


        def build_model():
            inputs = keras.Input(shape=(4,))
            x = layers.Dense(8)(inputs)
            return keras.Model(inputs, ops.log(x))

    Instead:
        import keras
        from keras import layers, ops


        def build_model():
            inputs = keras.Input(shape=(4,))
            x = layers.Dense(8)(inputs)
            return keras.Model(inputs, ops.log(ops.abs(x) + 1))
    """

    name = "not-finite"


class KS708(Code):
    """Training does not reach all of the model.

    What it does:
        Reports trainable weights that get no gradient or do not change, layers that are
        not told that it is training, and a loss on a small batch that does not fall.
        Where the spec itself keeps a gradient from weights, by an operation such as
        `ops.argmax` or `ops.stop_gradient`, that is a warning; if it keeps it from all
        of them, and the spec has `compile`, it is an error.

    Why:
        The model would train, and learn less than it could.

    Example:
        import keras
        from keras import layers, ops


        def build_model():
            inputs = keras.Input(shape=(4,))
            x = ops.stop_gradient(layers.Dense(8)(inputs))
            return keras.Model(inputs, layers.Dense(1)(x))

    Instead:
        import keras
        from keras import layers


        def build_model():
            inputs = keras.Input(shape=(4,))
            x = layers.Dense(8)(inputs)
            return keras.Model(inputs, layers.Dense(1)(x))
    """

    name = "not-trained"


class KS709(Code):
    """The model does not run in mixed precision.

    What it does:
        Builds the model anew under a policy of mixed precision, and calls it.

    Why:
        A dtype that is written into the code meets another one there.

    Example:
        import keras
        from keras import layers, ops


        def build_model():
            inputs = keras.Input(shape=(4,))
            x = layers.Dense(8)(inputs)
            one = ops.ones((1,))
            return keras.Model(inputs, ops.scatter_update(x, [[0, 0]], one))

    Instead:
        import keras
        from keras import layers, ops


        def build_model():
            inputs = keras.Input(shape=(4,))
            x = layers.Dense(8)(inputs)
            one = ops.ones((1,), dtype=x.dtype)
            return keras.Model(inputs, ops.scatter_update(x, [[0, 0]], one))
    """

    name = "mixed-precision"


class KS710(Code):
    """The model does not come back from a file as it was.

    What it does:
        Saves the model, loads it again, and reports an error, and predictions that are
        others.

    Why:
        A model that is trained for days should be there afterwards.

    Example:
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(4,)), layers.Lambda(lambda x: x * 2)]
            )

    Instead:
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), layers.Rescaling(2.0)])
    """

    name = "not-saved"


class KS711(Code):
    """The model does not come back from its configuration as it was.

    What it does:
        Makes a model of what `get_config` gives, and reports an error, and layers or
        weights that are others.

    Why:
        Cloning a model, loading it and searching for its best sizes all begin with
        that.

    Example:
        import keras
        from keras import layers


        @keras.saving.register_keras_serializable(package="line")
        class Line(layers.Layer):
            def __init__(self, units=8, **kwargs):
                super().__init__(**kwargs)
                self.dense = layers.Dense(units)

            def build(self, input_shape):
                self.dense.build(input_shape)
                self.built = True

            def call(self, inputs):
                return self.dense(inputs)

            def get_config(self):
                return super().get_config()


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), Line(16)])

    Instead:
        import keras
        from keras import layers


        @keras.saving.register_keras_serializable(package="line")
        class Line(layers.Layer):
            def __init__(self, units=8, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.dense = layers.Dense(units)

            def build(self, input_shape):
                self.dense.build(input_shape)
                self.built = True

            def call(self, inputs):
                return self.dense(inputs)

            def get_config(self):
                return {**super().get_config(), "units": self.units}


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), Line(16)])
    """

    name = "other-config"


class KS712(Code):
    """A mask does not reach the layer that it is for.

    What it does:
        Follows the masks of padded steps through the spec's own layers and through the
        model, and reports the first layer that misses one.

    Why:
        Without an error, the padding is then part of the result.

    Example:
        # inputs: {inputs: {shape: [6], dtype: int32}}
        # layers:
        #   - Embedding(10, 4, mask_zero=True)
        #   - LSTM(3)
        import keras
        from keras import layers, ops


        def build_model():
            inputs = keras.Input(shape=(6,), dtype="int32", name="inputs")
            x = layers.Embedding(10, 4, mask_zero=True)(inputs)
            x = ops.copy(x)
            outputs = layers.LSTM(3)(x)
            return keras.Model(inputs, outputs, name="model")

    Instead:
        # inputs: {inputs: {shape: [6], dtype: int32}}
        # layers:
        #   - Embedding(10, 4, mask_zero=True)
        #   - LSTM(3)
        import keras
        from keras import layers


        def build_model():
            inputs = keras.Input(shape=(6,), dtype="int32", name="inputs")
            x = layers.Embedding(10, 4, mask_zero=True)(inputs)
            outputs = layers.LSTM(3)(x)
            return keras.Model(inputs, outputs, name="model")
    """

    name = "missing-mask"
