"""KS5xx: what a style cannot say."""

from scaffold.diagnostics import Code


class KS501(Code):
    r"""The style cannot say an entry.

    What it does:
        Reports every entry that stands in the way of the style asked for, and names a
        style that can say it. Nothing is written.

    Why:
        A step is never dropped or changed to fit a style. With `--style auto`, the
        default, the first style that can say the whole model is taken.

    Example:
        $ printf 'inputs: [8, 8, 3]\nlayers: [Equalization]\n' > photo.yaml
        $ keras-scaffold new photo.yaml --style functional
        error[KS501]: `Equalization` cannot be part of a functional model: called on...
         --> photo.yaml:2:10
          |
        2 | layers: [Equalization]
          |          ^^^^^^^^^^^^
          = help: use the subclass style: --style subclass

    Instead:
        $ printf 'inputs: [8, 8, 3]\nlayers: [Equalization]\n' > photo.yaml
        $ keras-scaffold new photo.yaml --style subclass
           create  photo.py (subclass)
             next  ...
    """

    name = "beyond-the-style"


class KS502(Code):
    r"""A sequential model cannot have an entry.

    What it does:
        Reports everything that makes a model more than a row of layers: a second input
        or output, a merge, a branch, an operation, a layer used twice.

    Why:
        `keras.Sequential` is a list of layers, each called on the result of the one
        before. No step is dropped to make a model fit.

    Example:
        $ printf 'inputs: [4]\nlayers: [ops.square]\n' > square.yaml
        $ keras-scaffold new square.yaml --style sequential
        error[KS502]: a sequential model cannot have an operation, `ops.square`
         --> square.yaml:2:10
          |
        2 | layers: [ops.square]
          |          ^^^^^^^^^^
          = help: use the functional style: --style functional

    Instead:
        $ printf 'inputs: [4]\nlayers: [ops.square]\n' > square.yaml
        $ keras-scaffold new square.yaml --style functional
           create  square.py (functional)
             next  ...
    """

    name = "no-row"


class KS503(Code):
    r"""A functional model cannot know what a block is called on.

    What it does:
        Reports a block that stands inside of a layer of your own, in the functional
        style.

    Why:
        There a block that is part of another layer is a model of its own, and a model
        is made of shapes. `TimeDistributed` calls it on one step; what your own layer
        will call it on, only that knows.

    Example:
        $ printf 'blocks: {Half: {layers: [Dense(2)]}}\ninputs: [4]\n' > own.yaml
        $ printf 'imports: {Twice: "mine:Twice"}\n' >> own.yaml
        $ printf 'layers: [Twice(Half())]\n' >> own.yaml
        $ keras-scaffold new own.yaml --style functional
        error[KS503]: a functional model needs the shape that `Twice`...
         --> own.yaml:4:16
          |
        4 | layers: [Twice(Half())]
          |                ^^^^
          = help: use the subclass style, which needs no shape: --style subclass

    Instead:
        $ printf 'blocks: {Half: {layers: [Dense(2)]}}\ninputs: [4]\n' > own.yaml
        $ printf 'imports: {Twice: "mine:Twice"}\n' >> own.yaml
        $ printf 'layers: [Twice(Half())]\n' >> own.yaml
        $ keras-scaffold new own.yaml --style subclass
           create  own.py (subclass)
             next  ...
    """

    name = "no-shape"


class KS504(Code):
    r"""A class would lose a mask.

    What it does:
        Reports, in the subclass style, a layer of a block inside of `TimeDistributed`
        that uses a mask and is not given it.

    Why:
        `TimeDistributed` calls a layer past all that Keras does around a call, and
        hands it a mask as the argument `mask`, if there is one. A layer that takes one
        tensor and `mask` gets it from there; attention, a merge, or what stands behind
        them would silently do without.

    Example:
        $ printf 'inputs: {words: {shape: [3, null], dtype: int32}}\n' > pages.yaml
        $ printf 'blocks:\n  Look:\n    layers:\n' >> pages.yaml
        $ printf '      - Attention() <- inputs, inputs\n' >> pages.yaml
        $ printf 'layers:\n  - Embedding(9, 4, mask_zero=True)\n' >> pages.yaml
        $ printf '  - TimeDistributed(Look())\n' >> pages.yaml
        $ keras-scaffold new pages.yaml --style subclass
        error[KS504]: `TimeDistributed` passes a class its mask only as...
         --> pages.yaml:5:9
          |
        5 |       - Attention() <- inputs, inputs
          |         ^^^^^^^^^
          = help: use the functional style, which passes it: --style functional

    Instead:
        $ printf 'inputs: {words: {shape: [3, null], dtype: int32}}\n' > pages.yaml
        $ printf 'blocks:\n  Look:\n    layers:\n' >> pages.yaml
        $ printf '      - Attention() <- inputs, inputs\n' >> pages.yaml
        $ printf 'layers:\n  - Embedding(9, 4, mask_zero=True)\n' >> pages.yaml
        $ printf '  - TimeDistributed(Look())\n' >> pages.yaml
        $ keras-scaffold new pages.yaml --style functional
           create  pages.py (functional)
             next  ...
    """

    name = "lost-mask"


class KS505(Code):
    r"""The style has no class in which to override a method.

    What it does:
        Reports every method under `override`, or behind `--with`, in the sequential
        and in the functional style.

    Why:
        There the model is an object of a class of Keras's own, made in a function. Only
        in the subclass style is there a class in which a method can be changed.

    Example:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\n' > line.yaml
        $ printf 'override: [train_step]\n' >> line.yaml
        $ keras-scaffold new line.yaml --style functional
        error[KS505]: a functional model has no class that could override `train_step`
         --> line.yaml:3:12
          |
        3 | override: [train_step]
          |            ^^^^^^^^^^
          = help: use the subclass style: --style subclass

    Instead:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\n' > line.yaml
        $ printf 'override: [train_step]\n' >> line.yaml
        $ keras-scaffold new line.yaml
           create  line.py (subclass)
             next  ...
    """

    name = "no-class"


class KS506(Code):
    r"""A graph of layers cannot have `recurse` or `loop`.

    What it does:
        Reports every `recurse` and `loop`, in the sequential and functional styles.

    Why:
        A graph of layers is made before it sees any data. How a tree is shaped, and
        when an example may stop, the data say: only code that runs then can follow.

    Example:
        $ keras-scaffold new tree_rnn --style functional
        error[KS506]: a functional model cannot have `recurse`: it follows the...
          --> tree_rnn.yaml:25:14
           |
        25 |   - states = recurse(TreeCell(units)) <- nodes=nodes, children=children
           |              ^^^^^^^
           = help: use the subclass style: --style subclass

    Instead:
        $ keras-scaffold new tree_rnn --style subclass
           create  tree_rnn.py (subclass)
             next  ...
    """

    name = "beyond-a-graph"


class KS507(Code):
    r"""A functional model does not keep a constant `training`.

    What it does:
        Reports, in the functional style, a layer that works differently in training
        and is called with a constant `training`, such as `Dropout` with
        `training=True` (Monte Carlo dropout) or `BatchNormalization` with
        `training=False`.

    Why:
        A functional model passes its own `training` to each of its layers, in place
        of the constant (Keras 3.15.1): `predict` switches the dropout off, and `fit`
        updates the statistics of the normalization. In a class, the call in the code
        decides.

    Example:
        $ printf 'inputs: [4]\nlayers:\n' > sample.yaml
        $ printf '  - Dropout(0.5) <- inputs, training=True\n' >> sample.yaml
        $ keras-scaffold new sample.yaml --style functional
        error[KS507]: a functional model replaces the `training` of `Dropout` with...
         --> sample.yaml:3:29
          |
        3 |   - Dropout(0.5) <- inputs, training=True
          |                             ^^^^^^^^^^^^^
          = help: use the subclass style, which keeps it: --style subclass

    Instead:
        $ printf 'inputs: [4]\nlayers:\n' > sample.yaml
        $ printf '  - Dropout(0.5) <- inputs, training=True\n' >> sample.yaml
        $ keras-scaffold new sample.yaml
           create  sample.py (subclass)
             next  ...
    """

    name = "fixed-training"
