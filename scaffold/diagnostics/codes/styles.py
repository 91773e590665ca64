"""KS5xx: models that a style cannot express."""

from scaffold.diagnostics import Code


class KS501(Code):
    r"""The style cannot express an entry.

    What it does:
        Reports every entry that the requested style cannot express, and names a style
        that can. Nothing is written.

    Why:
        A step is never dropped or changed to fit a style. `--style auto`, the default,
        uses the first style that can express the whole model.

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
        Reports everything that makes a model more than a sequence of layers: a second
        input or output, a merge, a branch, an operation, a layer used twice.

    Why:
        `keras.Sequential` is a list of layers, each called on the output of the
        previous one. No step is dropped to make a model fit.

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
    r"""A functional model needs the shape that a block is called on.

    What it does:
        Reports a block that is an argument of your own layer, in the functional style.

    Why:
        In this style, a block inside another layer is a separate model, which can be
        built only for a known shape. `TimeDistributed` calls it on one step; the shape
        on which your own layer calls it is unknown.

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
        Reports, in the subclass style, a layer of a block inside `TimeDistributed` that
        uses a mask and does not get it.

    Why:
        `TimeDistributed` bypasses what Keras does around the call of a layer, and
        passes a mask only as the argument `mask`. A layer that takes one tensor and
        `mask` gets it; attention, a merge, and the layers after them would silently
        work without it.

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
        Reports every method under `override`, or after `--with`, in the sequential and
        in the functional style.

    Why:
        In these styles, a function creates the model from a class of Keras. Only the
        subclass style has a class in which you can change a method.

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
        A graph of layers is built before it sees any data. The shape of a tree, and the
        step after which an example stops, depend on the data: only code that runs on
        the data can follow them.

    Example:
        $ keras-scaffold new tree_rnn --style functional
        error[KS506]: a functional model cannot have `recurse`: it follows the...
          --> tree_rnn.yaml:28:5
           |
        28 |   - recurse(TreeCell(units)) <- nodes=nodes, children=children
           |     ^^^^^^^
           = help: use the subclass style: --style subclass

    Instead:
        $ keras-scaffold new tree_rnn --style subclass
           create  tree_rnn.py (subclass)
             next  ...
    """

    name = "beyond-a-graph"


class KS507(Code):
    r"""A functional model replaces a constant `training`.

    What it does:
        Reports, in the functional style, a layer that works differently in training
        and is called with a constant `training`, such as `Dropout` with
        `training=True` (Monte Carlo dropout) or `BatchNormalization` with
        `training=False`.

    Why:
        A functional model passes its own `training` to each of its layers, instead of
        the constant (Keras 3.15.1): `predict` turns the dropout off, and `fit` updates
        the statistics of the normalization. A class uses the constant in its code.

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
