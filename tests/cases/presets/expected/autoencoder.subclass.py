"""Compresses rows of numbers into short codes and reconstructs them."""

# By keras-scaffold from autoencoder.yaml (subclass); sha256 c954aeaf8a9ff946

import keras
from keras import layers


@keras.saving.register_keras_serializable(package="autoencoder")
class Encoder(layers.Layer):
    """Encodes a row as a short code.

    Args:
        code_size: int, `units` of `dense_1`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, code_size, **kwargs):
        super().__init__(**kwargs)
        self.code_size = code_size
        self.dense = [layers.Dense(units, activation="relu") for units in (256, 128)]
        self.dense_1 = layers.Dense(code_size)

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = inputs
        for layer in self.dense:
            x = layer(x)
        return self.dense_1(x)

    def get_config(self):
        return {**super().get_config(), "code_size": self.code_size}


@keras.saving.register_keras_serializable(package="autoencoder")
class Decoder(layers.Layer):
    """Decodes a short code into a row.

    Args:
        num_features: int, `units` of `dense_1`.
        **kwargs: Keyword arguments of `layers.Layer`, such as `name`.
    """

    def __init__(self, num_features, **kwargs):
        super().__init__(**kwargs)
        self.num_features = num_features
        self.dense = [layers.Dense(units, activation="relu") for units in (128, 256)]
        self.dense_1 = layers.Dense(num_features, activation="sigmoid")

    def build(self, input_shape):
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = inputs
        for layer in self.dense:
            x = layer(x)
        return self.dense_1(x)

    def get_config(self):
        return {**super().get_config(), "num_features": self.num_features}


@keras.saving.register_keras_serializable(package="autoencoder")
class Autoencoder(keras.Model):
    """Compresses rows of numbers into short codes and reconstructs them.

    Args:
        num_features: int, a dimension of `inputs` and `num_features` of `decoder`.
            Defaults to 784.
        code_size: int, `code_size` of `encoder`. Defaults to 32.
        **kwargs: Keyword arguments of `keras.Model`, such as `name`.
    """

    def __init__(self, num_features=784, code_size=32, **kwargs):
        super().__init__(**kwargs)
        self.num_features = num_features
        self.code_size = code_size
        self.encoder = Encoder(code_size, name="encoder")
        self.decoder = Decoder(num_features, name="decoder")

    def build(self, input_shape):
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        # Trace `call` on symbolic inputs to build every layer and set its output shape.
        self.call(keras.Input(batch_shape=input_shape))
        self.built = True

    def call(self, inputs):
        x = self.encoder(inputs)
        return self.decoder(x)

    def export(self, filepath, *args, **kwargs):
        # Keras cannot infer the input signature of a subclassed model.
        kwargs.setdefault("input_signature", [keras.Input(shape=(self.num_features,))])
        super().export(filepath, *args, **kwargs)

    def get_config(self):
        return {
            **super().get_config(),
            "num_features": self.num_features,
            "code_size": self.code_size,
        }


def build_model(num_features=784, code_size=32) -> keras.Model:
    """Build the `autoencoder` model.

    Args:
        num_features: int, a dimension of `inputs` and `num_features` of `decoder`.
            Defaults to 784.
        code_size: int, `code_size` of `encoder`. Defaults to 32.

    Returns:
        A built, uncompiled model. Its input is float32 of shape (batch, num_features).
    """
    model = Autoencoder(
        num_features=num_features, code_size=code_size, name="autoencoder"
    )
    model.build((None, num_features))
    return model


def compile_model(model):
    """Compile the model in place.

    Args:
        model: The model that `build_model` returns.
    """
    model.compile(optimizer="adam", loss="mean_squared_error")
