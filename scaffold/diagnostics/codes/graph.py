"""KS3xx: how the steps of a model hang together."""

from scaffold.diagnostics import Code


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
