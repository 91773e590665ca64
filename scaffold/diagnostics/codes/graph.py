"""KS3xx: how the steps of a model hang together."""

from scaffold.diagnostics.codes.page import Code


class KS301(Code):
    """The language has it, and this version does not write it yet.

    What it does:
        Reports whatever goes beyond a plain chain of layers.

    Why:
        A step is never dropped or changed to make a spec fit.

    Example:
        inputs: [4]
        layers:
          - Dense(8) * 2

    Instead:
        inputs: [4]
        layers:
          - Dense(8)
          - Dense(8)
    """

    name = "not-yet"


class KS302(Code):
    """The model has no layers.

    What it does:
        Reports a list of layers that is empty.

    Why:
        There is nothing to build.

    Example:
        inputs: [4]
        layers: []

    Instead:
        inputs: [4]
        layers:
          - Dense(1)
    """

    name = "empty-model"


class KS303(Code):
    """A layer does not go with the number of tensors that it is called on.

    What it does:
        Reports layers that merge several tensors, cells of recurrent layers, and layers
        that take no tensor at all, in a place where there is one tensor.

    Why:
        Keras would fail when it calls the layer.

    Example:
        inputs: [8, 4]
        layers:
          - LSTMCell(16)

    Instead:
        inputs: [8, 4]
        layers:
          - RNN(LSTMCell(16))
    """

    name = "tensor-count"
