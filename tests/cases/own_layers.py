"""Layers as a user of the tool might have them, for the case `own_layer`."""

import keras


@keras.saving.register_keras_serializable(package="own")
class Scale(keras.layers.Layer):
    """Multiplies by a constant."""

    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


@keras.saving.register_keras_serializable(package="own")
class Offset(keras.layers.Layer):
    """Adds a constant."""

    def __init__(self, by=1.0, **kwargs):
        super().__init__(**kwargs)
        self.by = by

    def call(self, inputs):
        return inputs + self.by

    def get_config(self):
        return {**super().get_config(), "by": self.by}


@keras.saving.register_keras_serializable(package="own")
class Witness(keras.layers.Layer):
    """Notes what it is told of training."""

    told = []

    def call(self, inputs, training=None):
        Witness.told.append(training)
        return inputs
