"""KS7xx: models that differ from their spec, or do not work.

An example is a generated file. If the file is compared with a spec, the spec is in the
comments above it.
"""

from scaffold.diagnostics import Code


class KS704(Code):
    """The model's weights differ from those of the spec.

    What it does:
        Compares the shapes of every layer's weights, and the number of parameters, with
        those of the layers in the spec.

    Why:
        A layer that is created twice instead of once, or once instead of twice, trains
        differently, without an error.

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
    """A layer differs from the spec, or is missing.

    What it does:
        Reports entries without a layer, layers without an entry, layers of another
        class, and arguments with another value than in the spec.

    Why:
        Such a model can have the same weights, and even the same output: dropout, for
        example, changes the output only in training.

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
    """The model's output differs from that of the spec.

    What it does:
        Gives the model the weights of the layers in the spec, calls both on the same
        numbers, and reports the first entries whose inputs or results differ. Random
        numbers are the same in both; those that no seed controls are compared as
        distributions.

    Why:
        If the layers and the weights are the same, the connections between the layers
        are wrong.

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
        Calls the model on small random numbers, and reports infinity and NaN.

    Why:
        Training cannot fix it: after one step, the weights are NaN as well.

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
    """Training does not reach the whole model.

    What it does:
        Reports trainable weights that get no gradient or do not change, layers that do
        not get `training=True`, and a loss on a small batch that does not decrease. If
        the spec itself blocks the gradient of some weights, with an operation such as
        `ops.argmax` or `ops.stop_gradient`, that is a warning; if it blocks all of
        them, and the spec has `compile`, it is an error.

    Why:
        The model would train, but learn less than it could.

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
        Builds the model again under a mixed-precision policy, and calls it.

    Why:
        A dtype that is fixed in the code does not match the dtype of the policy.

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
    """The model cannot be saved and loaded unchanged.

    What it does:
        Saves the model, loads it again, and reports an error or different predictions.

    Why:
        A model that was trained for days would be lost.

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
    """The model cannot be rebuilt from its configuration.

    What it does:
        Builds a model from the result of `get_config`, and reports an error, or
        different layers or weights.

    Why:
        Cloning a model, loading it and tuning its hyperparameters all depend on this.

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
    """A mask does not reach the layer that uses it.

    What it does:
        Follows the masks of padded steps through the layers in the spec and through the
        model, and reports the first layer that does not get its mask.

    Why:
        There is no error, but the padding is part of the result.

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
