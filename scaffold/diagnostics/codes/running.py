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
    "KS725",
    "KS726",
    "KS727",
    "KS728",
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


class KS713(Code):
    """A check is not done in time.

    What it does:
        Ends code that runs or sleeps for longer than two minutes, or than `--timeout`
        says, and goes on with the next model. A large model has more time than that,
        and time in which other programs keep the processor busy does not count.

    Why:
        Code that hangs would hold up everything. A check that is only slow is KS727.

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
        with the next one. A large model may take more than that.

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
        Reports processes that the code has started, and that still run when everything
        was looked at. They are ended.

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


class KS725(Code):
    """`main()` fails.

    What it does:
        Runs `main()`, or what is behind `if __name__ == "__main__"`, as
        `python file.py` would, in an empty directory with the files beside the spec.
        Each `fit` is shortened to two epochs of two batches; callbacks run, and what
        they write goes to a directory that is removed. Reports an error that is raised.
        Where something is missing that only its owner has, such as the file of
        `train.data` or a network, that is a warning, and `main` is not verified.

    Why:
        Training is what the file is for. A loss that does not fit the data, or a
        callback that cannot write, would show only there.

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
    """A callback watches something that is not there.

    What it does:
        Reports a callback whose `monitor` is none of the numbers that an epoch of `fit`
        gives.

    Why:
        Keras only warns, and goes on: `EarlyStopping` never stops, and
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


class KS727(Code):
    r"""A check is not finished.

    What it does:
        Says that a check was given up because it took too much time or memory, while
        nothing shows that the code is at fault. The table has `not finished` in its
        row, and the command exits with 1: nothing is proven of this model.

    Why:
        A large model is no wrong model. `--timeout` and `--memory` allow it more.

    Example:
        $ printf 'inputs: [4096, 4096, 64]\nlayers: ["Conv2D(64, 1)"]\n' > giant.yaml
        $ keras-scaffold verify giant.yaml --style functional --memory 1 | tail -n 3
        importing Keras (tensorflow)
        giant.yaml: functional
        1 finding; 1 of 1 models not finished
        warning[KS727]: functional: nothing is compared: the model of the spec is not...
        --> giant.py (functional)
         = help: allow more with --memory 2

    Instead:
        $ printf 'inputs: [64, 64, 64]\nlayers: ["Conv2D(64, 1)"]\n' > giant.yaml
        $ keras-scaffold verify giant.yaml --style functional --memory 1 > table.txt
        importing Keras (tensorflow)
        giant.yaml: functional
        1 model verified, nothing found
    """

    name = "not-finished"


class KS728(Code):
    """The model cannot be exported.

    What it does:
        Calls `export` of the model, and of what `load_model` gives, and holds what the
        SavedModel gives for a batch against what the model gives. Reports an error, and
        another result.

    Why:
        A SavedModel is what serves a model without its Python code. `export` traces the
        model once more, with a batch of any size: what needs numbers fails there.

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
