"""A custom callback that measures the time of each epoch."""

# By keras-scaffold new callback EpochTimer; sha256 6b5de73e89d31cc0

import time

import keras


class EpochTimer(keras.callbacks.Callback):
    """Measure the time of each epoch and add it to the logs as `seconds`.

    After training, the attribute `seconds` lists the times of all epochs.

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
            # Later callbacks and the history of `fit` read the time from the logs.
            logs["seconds"] = seconds
        if self.verbose:
            print(f"\nEpoch {epoch + 1}: {self._batches} batches in {seconds:.2f} s")
