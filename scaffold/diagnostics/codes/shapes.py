"""KS4xx: shapes."""

from scaffold.diagnostics.codes.page import Code


class KS401(Code):
    """An axis of an input has a size that it cannot have.

    What it does:
        Reports sizes that are no whole number from 1, and shapes that are no lists. A
        param counts as its default; `null` is an axis of any size.

    Why:
        A size of zero makes empty weights. A string is usually a param without its `$`.

    Example:
        params: {features: 4}
        inputs: [features]
        layers:
          - Dense(features)

    Instead:
        params: {features: 4}
        inputs: [$features]
        layers:
          - Dense(features)
    """

    name = "bad-input-shape"


class KS402(Code):
    """A layer or a function cannot be called on a tensor of this shape.

    What it does:
        Works shapes out without Keras, and reports what Keras would refuse: the wrong
        number of axes, sizes of a merge that differ, a window larger than its input,
        `Reshape` to another number of items, features whose number is not known, an
        axis that there is not. A row is gone through turn by turn, and a block with the
        tensors of each of its calls. A param counts as its default. What comes of an
        entry that does not fit is not reported again; where a shape is not known, there
        is no finding.

    Why:
        Keras would fail when it builds the model, or when it runs it.

    Example:
        inputs: [20, 8]
        layers:
          - LSTM(32)
          - LSTM(16)

    Instead:
        inputs: [20, 8]
        layers:
          - LSTM(32, return_sequences=True)
          - LSTM(16)
    """

    name = "shape-misfit"


class KS403(Code):
    """The other one of two layers cannot be called on a tensor of this shape.

    What it does:
        Warns of a choice whose other layer does not fit, whatever the params that
        decide between the two come to. All other params count as their defaults.

    Why:
        The model can be made as it is, and not with the value that its param is there
        for.

    Example:
        params: {wide: false}
        inputs: [28, 28]
        layers:
          - Conv2D(8, 3) if wide else Flatten
          - Dense(10)

    Instead:
        params: {wide: false}
        inputs: [28, 28]
        layers:
          - Conv1D(8, 3) if wide else Flatten
          - Dense(10)
    """

    name = "other-misfit"


class KS404(Code):
    """How many items a function gives depends on the data.

    What it does:
        Warns of functions such as `ops.unique` and `ops.nonzero`, unless an argument
        says how many items they give.

    Why:
        What they give has no batch axis, and JAX compiles no step whose size it does
        not know.

    Example:
        inputs: [4]
        layers:
          - ops.unique

    Instead:
        inputs: [4]
        layers:
          - ops.unique(size=4)
    """

    name = "size-by-data"
