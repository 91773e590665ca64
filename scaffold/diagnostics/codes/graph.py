"""KS3xx: how the steps of a model hang together."""

from scaffold.diagnostics.codes.page import Code


class KS302(Code):
    """The model, a block or a loop has nothing in it.

    What it does:
        Reports a list of layers that is empty, a model or a block without inputs or
        outputs, and a loop without rows.

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
        Reports merges of a single tensor, layers and blocks called on more tensors than
        they take, or on fewer, cells outside of a recurrent layer, layers that take no
        tensor at all, and call arguments that a layer does not know. Of two layers to
        choose from, both have to go with them; in a row, one tensor is handed on.

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


class KS304(Code):
    """A name that an entry is called on means nothing.

    What it does:
        Reports names behind `<-`, in `from`, `outputs` and `reuse` that are no input
        and no entry before; and a first entry that does not say which of several
        inputs it is called on.

    Why:
        An entry sees the inputs and the entries above it: so there are no circles, and
        a spec reads from top to bottom.

    Example:
        inputs: [4]
        layers:
          - hidden = Dense(8)
          - Dense(1) <- hiden

    Instead:
        inputs: [4]
        layers:
          - hidden = Dense(8)
          - Dense(1) <- hidden
    """

    name = "unknown-tensor"


class KS305(Code):
    """Nothing uses an entry, an input or a block.

    What it does:
        Reports whatever leads to none of the outputs of the model, or of its block, and
        blocks that nothing calls.

    Why:
        Its weights would never be trained; mostly, a name is missing elsewhere.

    Example:
        inputs: [4]
        layers:
          - hidden = Dense(8)
          - other = Dense(8) <- inputs
          - Dense(1) <- hidden

    Instead:
        inputs: [4]
        layers:
          - hidden = Dense(8)
          - other = Dense(8) <- inputs
          - Add() <- hidden, other
          - Dense(1)
    """

    name = "unused-entry"


class KS306(Code):
    """A layer's several outputs are taken for one, or one for several.

    What it does:
        Reports a layer or a block with several outputs named as a whole, an output that
        there is not, `[0]` of a layer with one, a row of layers with several, and a
        choice between layers that do not give alike.

    Why:
        With `return_state=True` an LSTM gives three tensors; the next layer takes one.
        And `[0]` of a single tensor is its first example.

    Example:
        inputs: [8, 4]
        layers:
          - memory = LSTM(3, return_state=True)
          - Dense(1) <- memory

    Instead:
        inputs: [8, 4]
        layers:
          - memory = LSTM(3, return_state=True)
          - Dense(1) <- memory[0]
    """

    name = "several-outputs"


class KS307(Code):
    """A loss or a metric is for an output that there is not.

    What it does:
        Reports mappings under `loss`, `metrics` and their weights whose keys are not
        the names under `outputs`, and such mappings where the model gives a single
        tensor.

    Why:
        Keras refuses a key that is no output. A single tensor has no name in every
        style: the same spec would train in one and fail in another.

    Example:
        inputs: [4]
        layers:
          - score = Dense(1)
        compile:
          loss: {score: mse}

    Instead:
        inputs: [4]
        layers:
          - score = Dense(1)
        outputs: {score: score}
        compile:
          loss: {score: mse}
    """

    name = "output-keys"


class KS308(Code):
    """Blocks use one another in a circle.

    What it does:
        Reports a block that uses itself, be it by way of others.

    Why:
        Written out, the model would be without end.

    Example:
        inputs: [4]
        blocks:
          Deep:
            layers:
              - Dense(4)
              - Deep
        layers:
          - Deep

    Instead:
        inputs: [4]
        blocks:
          Deep:
            layers:
              - Dense(4)
        layers:
          - Deep() * 8
    """

    name = "circle"


class KS309(Code):
    """A mask ends where its author may not expect it.

    What it does:
        Warns of a step that hands no mask on (`Conv1D`, `Permute`, `Reshape`, functions
        of `keras.ops`, a merge with a tensor that has none) where a later layer would
        use it, and of a masked tensor that `loop` is called on. Where nothing uses the
        mask any more, nothing is lost.

    Why:
        Keras says little of it. What a merge gives has a mask that hides anything only
        if all that it merges has one (Keras 3.15.1). Padding then counts like anything
        else.

    Example:
        inputs: {words: {shape: [null], dtype: int32}}
        layers:
          - vectors = Embedding(1000, 16, mask_zero=True)
          - tags = Embedding(1000, 16) <- words
          - Add() <- vectors, tags
          - GlobalAveragePooling1D

    Instead:
        inputs: {words: {shape: [null], dtype: int32}}
        layers:
          - vectors = Embedding(1000, 16, mask_zero=True)
          - tags = Embedding(1000, 16, mask_zero=True) <- words
          - Add() <- vectors, tags
          - GlobalAveragePooling1D
    """

    name = "ending-mask"


class KS310(Code):
    """A layer cannot run inside of `recurse` or `loop`.

    What it does:
        Reports layers in the blocks of `recurse` and `loop` that draw random numbers,
        keep averages or add to the loss: `Dropout`, noise, `BatchNormalization`, an
        `LSTM` with `dropout`, anything with an `activity_regularizer`.

    Why:
        Each call changes something besides what it gives, and how many calls there are,
        the data say. Neither JAX nor a graph of TensorFlow carries that out of a loop
        (Keras 3.15.1: `UnexpectedTracerError`, `InaccessibleTensorError`), and averages
        over the nodes of padded trees would be of no use. Regularizers of weights
        (`kernel_regularizer`) are no matter of calls, and may stand there.

    Example:
        inputs: [4]
        blocks:
          Step:
            layers: ["Dense(4)", "Dropout(0.2)"]
          Halt:
            layers: ["Dense(1, activation='sigmoid')"]
        layers:
          - loop(Step(), until=Halt(), max_steps=8)

    Instead:
        inputs: [4]
        blocks:
          Step:
            layers: [Dense(4)]
          Halt:
            layers: ["Dense(1, activation='sigmoid')"]
        layers:
          - Dropout(0.2)
          - loop(Step(), until=Halt(), max_steps=8)
    """

    name = "inner-state"
