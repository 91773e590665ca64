"""A custom callback that measures the time of each epoch."""

# By keras-scaffold new callback QuietTimer; sha256 1ddc652a80070f7c

import time

import keras


class QuietTimer(keras.callbacks.Callback):
    """Measure the time of each epoch and add it to the logs as `seconds`.

    After training, the attribute `seconds` lists the times of all epochs.

    Args:
        patience: int, to be used in one of its methods. Defaults to 3.
        monitor: str, to be used in one of its methods. Defaults to "val_loss".
        strict: bool, to be used in one of its methods. Defaults to True.
    """

    def __init__(self, patience=3, monitor="val_loss", strict=True):
        super().__init__()
        self.patience = patience
        self.monitor = monitor
        self.strict = strict
        self.seconds = []

    def on_train_begin(self, logs=None):
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self._start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        seconds = time.perf_counter() - self._start
        self.seconds.append(seconds)
        if logs is not None:
            # Later callbacks and the history of `fit` read the time from the logs.
            logs["seconds"] = seconds
