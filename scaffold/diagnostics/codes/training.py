"""KS7xx: `main()` and `export` of generated code."""

from scaffold.diagnostics import Code


class KS725(Code):
    """`main()` fails.

    What it does:
        Runs `main()`, or the code under `if __name__ == "__main__"`, as
        `python file.py` would, in an empty directory with the files next to the spec.
        Each `fit` is shortened to two epochs of two batches; callbacks run, and their
        files are written to a directory that is removed. Reports an error that is
        raised. If something is missing that only you have, such as the file of
        `train.data` or a network, that is a warning, and `main` is not verified.

    Why:
        Training is the purpose of the file. A loss that does not fit the data, or a
        callback that cannot write, fails only there.

    Example:
        # inputs: [2]
        # layers:
        #   - Dense(3, activation="softmax")
        # compile: {loss: sparse_categorical_crossentropy}
        # train: {x: [[0, 1], [1, 0]], y: [1, 2]}
        import keras
        import numpy as np
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(2,)), layers.Dense(3, activation="softmax")],
                name="model",
            )


        def main():
            model = build_model()
            model.compile(loss="sparse_categorical_crossentropy")
            model.fit(np.array([[0, 1], [1, 0]]), np.array([[1, 2], [0, 3]]))


        if __name__ == "__main__":
            main()

    Instead:
        # inputs: [2]
        # layers:
        #   - Dense(3, activation="softmax")
        # compile: {loss: sparse_categorical_crossentropy}
        # train: {x: [[0, 1], [1, 0]], y: [1, 2]}
        import keras
        import numpy as np
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(2,)), layers.Dense(3, activation="softmax")],
                name="model",
            )


        def main():
            model = build_model()
            model.compile(loss="sparse_categorical_crossentropy")
            model.fit(np.array([[0, 1], [1, 0]]), np.array([1, 2]))


        if __name__ == "__main__":
            main()
    """

    name = "failing-main"


class KS726(Code):
    """A callback monitors an unknown value.

    What it does:
        Reports a callback whose `monitor` is not one of the values that `fit` logs for
        an epoch.

    Why:
        Keras only warns, and continues: `EarlyStopping` never stops, and
        `ModelCheckpoint` never saves.

    Example:
        # inputs: [2]
        # layers: [Dense(1)]
        # compile: {loss: mse}
        # train:
        #   x: [[0, 1], [1, 0]]
        #   y: [1, 2]
        #   callbacks: [EarlyStopping(monitor="val_loss")]
        import keras
        import numpy as np
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(2,)), layers.Dense(1)], name="model"
            )


        def main():
            model = build_model()
            model.compile(loss="mse")
            model.fit(
                np.array([[0, 1], [1, 0]]),
                np.array([1, 2]),
                callbacks=[keras.callbacks.EarlyStopping(monitor="val_loss")],
            )


        if __name__ == "__main__":
            main()

    Instead:
        # inputs: [2]
        # layers: [Dense(1)]
        # compile: {loss: mse}
        # train:
        #   x: [[0, 1], [1, 0]]
        #   y: [1, 2]
        #   callbacks: [EarlyStopping(monitor="loss")]
        import keras
        import numpy as np
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(2,)), layers.Dense(1)], name="model"
            )


        def main():
            model = build_model()
            model.compile(loss="mse")
            model.fit(
                np.array([[0, 1], [1, 0]]),
                np.array([1, 2]),
                callbacks=[keras.callbacks.EarlyStopping(monitor="loss")],
            )


        if __name__ == "__main__":
            main()
    """

    name = "unknown-monitor"


class KS728(Code):
    """The model cannot be exported.

    What it does:
        Calls `export` of the model and of the model that `load_model` returns, and
        compares the output of the SavedModel with that of the model for a batch.
        Reports an error or a different result.

    Why:
        A SavedModel serves a model without its Python code. `export` traces the model
        again, with a batch of any size: code that needs concrete numbers fails.

    Example:
        import keras
        from keras import layers


        class Centered(layers.Layer):
            def call(self, inputs):
                return inputs - float(keras.ops.mean(inputs))

            def compute_output_shape(self, input_shape):
                return input_shape


        def build_model():
            inputs = keras.Input(shape=(4,))
            return keras.Model(inputs, Centered()(layers.Dense(1)(inputs)))

    Instead:
        import keras
        from keras import layers


        @keras.saving.register_keras_serializable(package="model")
        class Centered(layers.Layer):
            def call(self, inputs):
                return inputs - keras.ops.mean(inputs)

            def compute_output_shape(self, input_shape):
                return input_shape


        def build_model():
            inputs = keras.Input(shape=(4,))
            return keras.Model(inputs, Centered()(layers.Dense(1)(inputs)))
    """

    name = "failing-export"
