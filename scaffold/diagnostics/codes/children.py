"""KS7xx: the process that runs generated code: its time, memory and end."""

from scaffold.diagnostics import Code


class KS713(Code):
    """A check exceeds its time limit.

    What it does:
        Ends code that runs or sleeps for longer than two minutes, or than the limit set
        with `--timeout`, and continues with the next model. A large model has more
        time, and time in which other programs keep the processor busy does not count.

    Why:
        Code that hangs would block everything. A check that is only slow is KS727.

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
    """A check exceeds its memory limit.

    What it does:
        Ends a model that takes more than 4 GiB, or than the limit set with `--memory`,
        and continues with the next one. A large model may take more.

    Why:
        Code that takes all memory would make the machine unusable.

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
        Reports code that ends or crashes the process that it runs in, or whose process
        stops responding. The next model runs in a new process.

    Why:
        TensorFlow and other C code can end a process without an error.

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


class KS718(Code):
    """The code leaves a process running.

    What it does:
        Reports processes that the code starts and that still run after all checks. They
        are ended.

    Why:
        They would keep running after the program that imports the module has ended.

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


class KS727(Code):
    r"""A check is not finished.

    What it does:
        Warns that a check was stopped because it took too much time or memory, although
        nothing shows that the code is wrong. The table shows `not finished` for the
        model, and the command exits with 1: nothing is proven about this model.

    Why:
        A large model is not a wrong model. `--timeout` and `--memory` raise the limits.

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
        1 model verified, no findings
    """

    name = "not-finished"
