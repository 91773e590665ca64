"""KS7xx: generated code that is run.

An example is a generated file. If the file is compared with a spec, the spec is in the
comments above it.
"""

from scaffold.diagnostics import Code


class KS701(Code):
    """The module cannot be imported.

    What it does:
        Reports a file that raises an error or exits when it is imported, or that has no
        function `build_model`.

    Why:
        No other check is possible. A layer under `imports` that is found neither next
        to the spec nor in the current directory is reported here too.

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
        Reports the entry at which Keras raises an error when the model is built, with
        the message of Keras.

    Why:
        `check` knows the shapes that most layers take, but not all of them. The rest is
        checked when the model is built.

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
        Reports a `build_model` that does not return a `keras.Model`, layers that do not
        have their weights or shapes yet, and a `summary()` with question marks.

    Why:
        `BackupAndRestore` and `TensorBoard` need a built model before training, and the
        size of a model is unknown until it is built.

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
    """The code prints something.

    What it does:
        Reports output to standard output, in any way, while the module is imported and
        the model is built; and output to pipes that the code has not opened.

    Why:
        It would be part of the output of every program that imports the module.
        `main()` may print, and so may the code under `if __name__ == "__main__"`.

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
        Reports a backend that is not installed or does not work, once for the whole
        run: no check is run then. The same applies to psutil.

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
        Warns about a model that is built, but not called, compared or trained, because
        no input was found that it can be called on. The message has the reason why the
        first step cannot be run.

    Why:
        If an input has an axis of any size (`null`), sizes are tried until the model
        runs. A model that takes only certain sizes may be right, but nothing is proven.

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
