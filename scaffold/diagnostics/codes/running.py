"""KS7xx: generated code, run.

An example is a generated file. A spec stands in the comments above it where the file is
held against one.
"""

from scaffold.diagnostics.codes.models import (
    KS704,
    KS705,
    KS706,
    KS707,
    KS708,
    KS709,
    KS710,
    KS711,
    KS712,
)
from scaffold.diagnostics.codes.page import Code

__all__ = [
    "KS701",
    "KS702",
    "KS703",
    "KS704",
    "KS705",
    "KS706",
    "KS707",
    "KS708",
    "KS709",
    "KS710",
    "KS711",
    "KS712",
    "KS713",
    "KS714",
    "KS715",
    "KS716",
    "KS717",
    "KS718",
    "KS719",
]


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
        Keras's own reason: mostly, shapes that do not fit.

    Why:
        What shapes a layer takes is known to Keras alone. A spec that says something
        impossible is found out when it is run.

    Example:
        # inputs: [4]
        # layers:
        #   - Reshape([3, 3])
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(4,)), layers.Reshape((3, 3))], name="model"
            )

    Instead:
        # inputs: [4]
        # layers:
        #   - Reshape([2, 2])
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential(
                [keras.Input(shape=(4,)), layers.Reshape((2, 2))], name="model"
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


class KS713(Code):
    """A check is not done in time.

    What it does:
        Ends a model that takes longer than two minutes, or than `--timeout` says, and
        goes on with the next one.

    Why:
        Code that hangs would hold up everything.

    Example:
        import keras
        from keras import layers

        WIDTH = 100
        while WIDTH > 10:
            WIDTH -= WIDTH // 100


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(WIDTH)])

    Instead:
        import keras
        from keras import layers

        WIDTH = 10


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(WIDTH)])
    """

    name = "out-of-time"


class KS714(Code):
    """A check takes too much memory.

    What it does:
        Ends a model that takes more than 4 GiB, or than `--memory` says, and goes on
        with the next one.

    Why:
        Code that takes all memory would take the machine down with it.

    Example:
        import keras
        from keras import layers

        TABLE = [0] * 10**13


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(len(TABLE))])

    Instead:
        import keras
        from keras import layers

        TABLE = [0] * 10


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(len(TABLE))])
    """

    name = "out-of-memory"


class KS715(Code):
    """The process ends before the check does.

    What it does:
        Reports code that ends or crashes the process that it runs in, or that nothing
        can be heard of any more. The next model runs in a new one.

    Why:
        TensorFlow, and code of one's own in C, can end a process without an error.

    Example:
        import os

        import keras
        from keras import layers

        if "GPU" not in os.environ:
            os._exit(1)


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(1)])

    Instead:
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(1)])
    """

    name = "ended-process"


class KS716(Code):
    """Something is printed.

    What it does:
        Reports what is written to standard output while the module is imported and the
        model is built, by whatever means; and to pipes that are somebody else's.

    Why:
        Whoever imports the module would have it among their own output. `main()` may
        print, and so may what is behind `if __name__ == "__main__"`: both do not run.

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
    """Keras cannot be imported with the backend.

    What it does:
        Reports a backend that is not installed, or does not work, once for the whole
        run: nothing is run then.

    Why:
        `verify` runs code. TensorFlow is the default; `--backend` names another.

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
        1 model verified, nothing found
    """

    name = "no-backend"


class KS718(Code):
    """The code leaves a process behind.

    What it does:
        Reports processes that the code has started, directly or by way of others, and
        that still run when everything was looked at. They are ended.

    Why:
        They would go on after whoever imports the module has ended.

    Example:
        import subprocess

        import keras
        from keras import layers

        BOARD = subprocess.Popen(["sleep", "1000"])


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(1)])

    Instead:
        import keras
        from keras import layers


        def build_model():
            return keras.Sequential([keras.Input(shape=(4,)), layers.Dense(1)])
    """

    name = "left-process"


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
