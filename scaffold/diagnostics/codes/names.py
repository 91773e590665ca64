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


class KS206(Code):
    """An argument is given twice, or there are more than the callable takes.

    What it does:
        Reports the second one of two arguments for the same thing, by position or by
        keyword, a second name of a layer or of a choice between two, and the first
        argument by position that is too many.

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
        Reports the second of two steps with one name. A row of layers called `stage`
        has the names `stage_0`, `stage_1`...; and in the functional style, a layer
        `norm` inside of a block `encoder` is `encoder_norm`.

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
        Reports names of the model, its blocks, params, inputs, entries, loops and
        imports that are no identifiers, are keywords of Python, or are too long; params
        that are not in snake_case, and blocks that are not in CamelCase; imports that
        name no Python path; and names of parts (`new layer`) in neither case.

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
        that use another param, and `-p` for a param that there is not. A block sees its
        own params alone.

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
        Reports each param that no entry, no input and no setting mentions, and each
        name of a loop that its layer does not use.

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
        Reports params, loops, blocks and imports called like something that the
        generated code or Keras's base classes need (`x`, `layers`, `name`), blocks and
        imports called like a layer of Keras, entries, inputs or loops called like a
        param, and blocks whose functions would have one name. Parts (`new layer`) are
        held against all classes of Keras, and against what Python has by itself.

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
    """A class or a function is there, but a spec can do nothing with it.

    What it does:
        Reports base classes such as `Layer`, layers that are made of Python code, such
        as `Lambda`, and functions of `keras.ops` that cannot be a step: those that take
        a Python function (`ops.cond`), are called on no tensor (`ops.zeros`), or give
        none (`ops.shape`).

    Why:
        A base class does nothing by itself, and a spec holds no code. A layer of your
        own can be named under `imports`. A step takes tensors and gives tensors.

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


class KS218(Code):
    """A method cannot be overridden, or is named twice.

    What it does:
        Reports names under `override`, or behind `--with`, that are not one of
        `train_step`, `test_step`, `predict_step`, `compute_loss` and `compute_metrics`,
        and those that are there already.

    Why:
        These are the methods by which `fit`, `evaluate` and `predict` can be changed.
        Each is written once, and does what Keras does until its author changes it.

    Example:
        inputs: [4]
        layers: [Dense(1)]
        override: [training_step]

    Instead:
        inputs: [4]
        layers: [Dense(1)]
        override: [train_step]
    """

    name = "unknown-method"


class KS225(Code):
    """The key of an output cannot be part of a loss's name.

    What it does:
        Reports keys under `outputs` with blanks, quotes, letters with accents and the
        like, where a model has several outputs.

    Why:
        While a model trains, each output has a loss of its own, called `<key>_loss`.
        TensorFlow uses that as the name of a scope, and refuses all but letters of
        ASCII, digits and some signs.

    Example:
        inputs: [4]
        layers:
          - score = Dense(1)
          - rank = Dense(1) <- inputs
        outputs: {final score: score, rank: rank}

    Instead:
        inputs: [4]
        layers:
          - score = Dense(1)
          - rank = Dense(1) <- inputs
        outputs: {final_score: score, rank: rank}
    """

    name = "unusable-key"
