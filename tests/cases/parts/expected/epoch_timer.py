"""A custom callback that takes the time of each epoch."""

# By keras-scaffold new callback EpochTimer; sha256 b6adf648cd55d817

import time

import keras


class EpochTimer(keras.callbacks.Callback):
    """Takes the time of each epoch, and adds it to the logs as `seconds`.

    After training, `seconds` is the list of them.

    Args:
        verbose: int, 0 is silent, 1 prints the time of each epoch. Defaults to 1.
    """

    def __init__(self, verbose=1):
        super().__init__()
        self.verbose = verbose
        self.seconds = []

    def on_train_begin(self, logs=None):
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self._start = time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        self._batches = batch + 1

    def on_epoch_end(self, epoch, logs=None):
        seconds = time.perf_counter() - self._start
        self.seconds.append(seconds)
        if logs is not None:
            # Callbacks after this one see it, and so does the history of `fit`.
            logs["seconds"] = seconds
        if self.verbose:
            print(f"\nEpoch {epoch + 1}: {self._batches} batches in {seconds:.2f} s")
