"""KS2xx: names, arguments and params."""

from scaffold.diagnostics.codes.page import Code


class KS201(Code):
    """The name of a layer or another Keras object means nothing.

    What it does:
        Reports a call of something that is no layer, import, initializer or whatever
        may stand there, with the names that look like it.

    Why:
        The generated code would fail with an `AttributeError`.

    Example:
        inputs: [4]
        layers:
          - Dens(8)

    Instead:
        inputs: [4]
        layers:
          - Dense(8)
    """

    name = "unknown-callable"


class KS202(Code):
    """A callable has no argument of that name.

    What it does:
        Reports unknown keywords of layers, of nested Keras objects, of `keras.Input`,
        and of `Model.compile` and `Model.fit` (the keys of `compile` and `train`).

    Why:
        Keras refuses it when the model is built. Names of older Keras and of other
        libraries (`lr`, `out_channels`) are recognized, and Keras 3's name is given.

    Example:
        inputs: [4]
        layers:
          - Dense(8, activaton="relu")

    Instead:
        inputs: [4]
        layers:
          - Dense(8, activation="relu")
    """

    name = "unknown-argument"


class KS203(Code):
    """An argument that a callable needs is not given.

    What it does:
        Reports each call that leaves out an argument without a default.

    Why:
        Keras has no value to take for it.

    Example:
        inputs: [28, 28, 1]
        layers:
          - Conv2D(32)

    Instead:
        inputs: [28, 28, 1]
        layers:
          - Conv2D(32, 3)
    """

    name = "missing-argument"


class KS204(Code):
    """A value is of a kind that the argument cannot be.

    What it does:
        Reports a string for a number, a number for a list of sizes, a tuple of the
        wrong length, an optimizer for a loss, and a layer that a wrapper cannot hold. A
        param counts as its default.

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


class KS206(Code):
    """An argument is given twice, or there are more than the callable takes.

    What it does:
        Reports the second one of two arguments for the same thing, by position or by
        keyword, a layer's second name, and the first argument by position that is too
        many.

    Why:
        It is a `TypeError` in Python. Lists are the usual cause: in keyed notation
        `Reshape: [4, 4]` gives two arguments, and `Reshape: [[4, 4]]` one.

    Example:
        inputs: [16]
        layers:
          - Reshape: [4, 4]

    Instead:
        inputs: [16]
        layers:
          - Reshape: [[4, 4]]
    """

    name = "repeated-argument"


class KS207(Code):
    """A name is taken by another entry or an input.

    What it does:
        Reports the second of two steps with one name.

    Why:
        Keras wants the names of a model's layers to differ, and so do those who refer
        to them.

    Example:
        inputs: [4]
        layers:
          - hidden = Dense(8)
          - hidden = Dense(8)

    Instead:
        inputs: [4]
        layers:
          - hidden = Dense(8)
          - output = Dense(8)
    """

    name = "repeated-name"


class KS208(Code):
    """A name cannot be one in the generated code.

    What it does:
        Reports names of the model, its params, inputs, entries and imports that are no
        identifiers, are keywords of Python, or are too long; params that are not in
        snake_case; and imports that name no Python path.

    Why:
        Names of a spec become names of the code: variables, attributes, classes.

    Example:
        inputs: [4]
        layers:
          - my-layer = Dense(8)

    Instead:
        inputs: [4]
        layers:
          - my_layer = Dense(8)
    """

    name = "bad-name"


class KS209(Code):
    """A bare name is no param.

    What it does:
        Reports names in expressions that `params` does not declare, defaults of params
        that use another param, and `-p` for a param that there is not.

    Why:
        A bare name in an expression is a param and nothing else. Strings have quotes;
        objects inside of a layer have parentheses; in a line, the constants are
        Python's: `True`, `False`, `None`.

    Example:
        inputs: [4]
        layers:
          - Dense(8, activation=relu)

    Instead:
        inputs: [4]
        layers:
          - Dense(8, activation="relu")
    """

    name = "unknown-param"


class KS210(Code):
    """Nothing uses a param.

    What it does:
        Reports each param that no entry, no input and no setting mentions.

    Why:
        Whoever changes it will wonder why nothing happens. Often a number stands where
        the param was meant.

    Example:
        params: {units: 8}
        inputs: [4]
        layers:
          - Dense(8)

    Instead:
        params: {units: 8}
        inputs: [4]
        layers:
          - Dense(units)
    """

    name = "unused-param"


class KS211(Code):
    """A name hides what another name means.

    What it does:
        Reports params and imports called like something that the generated code or
        Keras's base classes need (`x`, `layers`, `name`), imports called like a layer
        of Keras, and entries or inputs called like a param.

    Why:
        In the code, one of the two would be found where the other is meant.

    Example:
        params: {x: 8}
        inputs: [4]
        layers:
          - Dense(x)

    Instead:
        params: {units: 8}
        inputs: [4]
        layers:
          - Dense(units)
    """

    name = "shadowed-name"


class KS212(Code):
    """A class is there, but a spec can do nothing with it.

    What it does:
        Reports base classes such as `Layer`, and layers that are made of Python code,
        such as `Lambda`.

    Why:
        A base class does nothing by itself, and a spec holds no code. A layer of your
        own can be named under `imports`.

    Example:
        inputs: [4]
        layers:
          - Lambda("x * 2")

    Instead:
        inputs: [4]
        imports: {Double: "my_layers:Double"}
        layers:
          - Double
    """

    name = "unusable-callable"


class KS213(Code):
    """Arithmetic has no result.

    What it does:
        Works out each expression with the params at their defaults, and reports
        divisions by zero, sums of strings, and numbers without end.

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
        Reports counts and sizes below one (`units`, `filters`, `strides`, `epochs`) and
        shares outside of 0 to 1 (`rate`, `validation_split`).

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
