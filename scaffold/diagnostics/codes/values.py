"""KS2xx: values of arguments, params and data."""

from scaffold.diagnostics.codes.page import Code


class KS204(Code):
    """A value is of a kind that the argument cannot be.

    What it does:
        Reports a string for a number, a number for a list of sizes, a tuple of the
        wrong length, an optimizer for a loss, and a layer that a wrapper cannot hold. A
        param counts as its default, an argument of a block as what the block uses it
        for, the name of a loop as the values in each row.

    Why:
        Keras would fail on it, often much later, with a message about something else.

    Example:
        inputs: [4]
        layers:
          - Dense("8")

    Instead:
        inputs: [4]
        layers:
          - Dense(8)
    """

    name = "wrong-kind"


class KS205(Code):
    """A string is none of those that the argument may be.

    What it does:
        Reports unknown names of activations, initializers, losses and the like, and
        unknown choices, such as a `padding` that is neither `valid` nor `same`.

    Why:
        Keras knows a fixed set of strings for each of them.

    Example:
        inputs: [4]
        layers:
          - Dense(8, activation="rleu")

    Instead:
        inputs: [4]
        layers:
          - Dense(8, activation="relu")
    """

    name = "no-choice"


class KS213(Code):
    """Arithmetic has no result.

    What it does:
        Works out each expression with the params at their defaults, in a loop with each
        row, and reports divisions by zero, sums of strings, and numbers without end.

    Why:
        The generated code would fail on its own defaults.

    Example:
        params: {heads: 0}
        inputs: [4]
        layers:
          - Dense(64 // heads)

    Instead:
        params: {heads: 4}
        inputs: [4]
        layers:
          - Dense(64 // heads)
    """

    name = "failing-arithmetic"


class KS214(Code):
    """The data in `train` cannot be trained on.

    What it does:
        Reports `train` without `compile`, without `x` or `y`, with another number of
        `x` than of `y`, with rows of unequal length, with examples of another shape
        than the input, and a `data` that is no CSV or NPZ file.

    Why:
        `fit` would fail, or learn from something else than was meant.

    Example:
        inputs: [1]
        layers:
          - Dense(1)
        compile: {optimizer: sgd, loss: mse}
        train:
          x: [1, 2, 3]
          y: [2, 4]

    Instead:
        inputs: [1]
        layers:
          - Dense(1)
        compile: {optimizer: sgd, loss: mse}
        train:
          x: [1, 2, 3]
          y: [2, 4, 6]
    """

    name = "bad-training-data"


class KS215(Code):
    """A number is too small or too large for what it counts.

    What it does:
        Reports counts and sizes below one (`units`, `filters`, `strides`, `epochs`),
        shares outside of 0 to 1 (`rate`, `validation_split`), and rows of fewer than no
        layers, or of more than 10,000.

    Why:
        Keras refuses them. Only arguments that every layer of Keras bounds in the same
        way are looked at.

    Example:
        inputs: [4]
        layers:
          - Dropout(50)

    Instead:
        inputs: [4]
        layers:
          - Dropout(0.5)
    """

    name = "out-of-range"


class KS216(Code):
    """A param's default is a mapping or a Keras object.

    What it does:
        Reports defaults that hold mappings or calls.

    Why:
        Python makes a default once, when the function is defined: all models would
        share that one object.

    Example:
        params: {regularizer: {L2: 0.01}}
        inputs: [4]
        layers:
          - Dense(8, kernel_regularizer=regularizer)

    Instead:
        params: {factor: 0.01}
        inputs: [4]
        layers:
          - Dense(8, kernel_regularizer=L2(factor))
    """

    name = "param-default"


class KS217(Code):
    """A condition is always the same.

    What it does:
        Warns of a condition without a param.

    Why:
        One of the two layers can never be made. Mostly a param was meant, or a trial
        was forgotten.

    Example:
        inputs: [4]
        layers:
          - Dense(8) if 2 > 1 else Dense(4)

    Instead:
        params: {depth: 2}
        inputs: [4]
        layers:
          - Dense(8) if depth > 1 else Dense(4)
    """

    name = "constant-condition"


class KS219(Code):
    """A loss or a metric does not go with what an output gives.

    What it does:
        Reports a softmax over a single number, losses of classes on a single number,
        and losses of probabilities on an output without an activation. Warns of
        `from_logits=True` on probabilities, of `binary_crossentropy` on a softmax of
        more than two, of `categorical_crossentropy` on sigmoids, and of metrics that
        count something else than the loss learns. It looks through layers that leave
        each number as it is, and into blocks.

    Why:
        Keras raises nothing, and the model does not learn: a softmax of one number is
        always 1, and the logarithm of what is no probability says nothing.

    Example:
        inputs: [4]
        layers:
          - Dense(3)
        compile: {optimizer: adam, loss: sparse_categorical_crossentropy}

    Instead:
        inputs: [4]
        layers:
          - Dense(3, activation="softmax")
        compile: {optimizer: adam, loss: sparse_categorical_crossentropy}
    """

    name = "loss-misfit"


class KS220(Code):
    """Data in the spec are not of the sort that the model or the loss takes.

    What it does:
        Holds `y` under `train` against the loss and the number of units: integers
        where the loss takes vectors, vectors where it takes integers, a class that
        there is no unit for, negative targets of probabilities, strings, and targets
        of another size than the output. It warns of a target of several numbers for
        one unit. In `x` and `predict` it reports strings, unless the input has the
        dtype `string` and the layers that are called on it take strings, such as
        `StringLookup`, `TextVectorization` and `Hashing`; and numbers for an input of
        that dtype.

    Why:
        Keras fails at the first batch, or learns something else.

    Example:
        inputs: [2]
        layers:
          - Dense(2, activation="softmax")
        compile: {optimizer: adam, loss: sparse_categorical_crossentropy}
        train: {x: [[0, 1], [1, 0]], y: [1, 2]}

    Instead:
        inputs: [2]
        layers:
          - Dense(2, activation="softmax")
        compile: {optimizer: adam, loss: sparse_categorical_crossentropy}
        train: {x: [[0, 1], [1, 0]], y: [0, 1]}
    """

    name = "target-misfit"


class KS221(Code):
    """There are not as many losses, weights or metrics as outputs.

    What it does:
        Reports lists under `loss`, `loss_weights` and `metrics` that have not one item
        for each output, and mappings of weights that leave one out. Warns of an output
        that a mapping under `loss` has nothing for.

    Why:
        Keras fails when it compiles or trains the model. An output without a loss is
        not learned: `null` as its loss says that this is meant.

    Example:
        inputs: [4]
        layers:
          - mean = Dense(1)
          - spread = Dense(1) <- inputs
        outputs: [mean, spread]
        compile: {optimizer: adam, loss: mse, metrics: [mae]}

    Instead:
        inputs: [4]
        layers:
          - mean = Dense(1)
          - spread = Dense(1) <- inputs
        outputs: [mean, spread]
        compile: {optimizer: adam, loss: mse, metrics: [[mae], [mae]]}
    """

    name = "loss-count"
