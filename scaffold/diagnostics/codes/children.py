"""KS7xx: the process in which generated code runs: its time, memory and end."""

from scaffold.diagnostics import Code


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
        1 model verified, no findings
    """

    name = "not-finished"
