"""KS7xx: generated code, run.

An example is a generated file. A spec stands in the comments above it where the file is
held against one.
"""

from scaffold.diagnostics import Code


class KS701(Code):
    """The module cannot be imported.

    What it does:
        Reports a file that raises an error or exits when it is imported, or that has no
        function `build_model`.

    Why:
        Nothing more can be said of it. An own layer under `imports` that cannot be
        found, beside the spec or in the current directory, is reported here too.

    Example:
        import keras
        from keras import laiers


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), laiers.Dense(1)])

    Instead:
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(1)])
    """

    name = "failing-import"


class KS702(Code):
    """The model cannot be built.

    What it does:
        Reports the entry at which Keras raises an error when the model is made, with
        Keras's own reason.

    Why:
        `check` knows which shapes most layers take, but not all of them. What is left
        is found out when the model is built.

    Example:
        # inputs: [8, 8, 2]
        # layers:
        #   - RandomColorDegeneration(0.5)
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(8, 8, 2)), layers.RandomColorDegeneration(0.5)],
                name="model",
            )

    Instead:
        # inputs: [8, 8, 3]
        # layers:
        #   - RandomColorDegeneration(0.5)
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(8, 8, 3)), layers.RandomColorDegeneration(0.5)],
                name="model",
            )
    """

    name = "failing-build"


class KS703(Code):
    """The model is not completely built.

    What it does:
        Reports a `build_model` that gives something else than a `keras.Model`, layers
        without weights or shapes yet, and a `summary()` with question marks.

    Why:
        `BackupAndRestore` and `TensorBoard` need a built model before training, and so
        does whoever wants to know its size.

    Example:
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential([layers.Dense(8), layers.Dense(1)])

    Instead:
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(4,)), layers.Dense(8), layers.Dense(1)]
            )
    """

    name = "not-built"


class KS716(Code):
    """Something is printed.

    What it does:
        Reports what is written to standard output while the module is imported and the
        model is built, by whatever means; and to pipes that are somebody else's.

    Why:
        Whoever imports the module would have it among their own output. `main()` may
        print, and so may what is behind `if __name__ == "__main__"`.

    Example:
        import keras
        from keras import layers


        def build_model():
            print("Building...")
            return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(1)])

    Instead:
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(1)])


        def main():
            print("Building...")
            build_model()
    """

    name = "printing"


class KS717(Code):
    """Keras cannot be imported with the backend, or psutil cannot be imported.

    What it does:
        Reports a backend that is not installed, or does not work, once for the whole
        run: nothing is run then. The same holds for psutil.

    Why:
        `verify` runs code. TensorFlow is the default; `--backend` names another. psutil
        measures the time and the memory that the code takes. The extra `tensorflow`
        of this package installs both.

    Example:
        $ keras-scaffold verify cnn --backend jax
        importing Keras (jax)
        error[KS717]: Keras cannot be imported with the backend jax: ModuleNotFou...
        --> KERAS_BACKEND=jax
         = help: pip install jax
        1 finding

    Instead:
        $ keras-scaffold verify cnn --style subclass --backend tensorflow > table.txt
        importing Keras (tensorflow)
        cnn.yaml: subclass
        1 model verified, no findings
    """

    name = "no-backend"


class KS719(Code):
    """The model is not run.

    What it does:
        Warns of a model that is built, and not called, compared or trained, because
        nothing was found that it can be called on. The reason of the first step that
        cannot be run is in the message.

    Why:
        Where an input has an axis of any size (`null`), sizes are tried until the model
        runs. A model that takes only certain ones may be right, and nothing is proven.

    Example:
        # inputs: [null, 3]
        # layers:
        #   - Reshape([7, 11, 3])
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(None, 3)), layers.Reshape((7, 11, 3))], name="model"
            )

    Instead:
        # inputs: [77, 3]
        # layers:
        #   - Reshape([7, 11, 3])
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(77, 3)), layers.Reshape((7, 11, 3))], name="model"
            )
    """

    name = "not-run"
