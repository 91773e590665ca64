"""A custom callback that takes the time of each epoch."""

# By keras-scaffold new callback QuietTimer; sha256 84220e0bf1be9ff8

import time

import keras


class QuietTimer(keras.callbacks.Callback):
    """Takes the time of each epoch, and adds it to the logs as `seconds`.

    After training, `seconds` is the list of them.

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
            # Callbacks after this one see it, and so does the history of `fit`.
            logs["seconds"] = seconds
