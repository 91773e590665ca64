"""KS3xx: how the steps of a model are connected."""

from scaffold.diagnostics import Code


class KS304(Code):
    """An entry is called on an unknown name.

    What it does:
        Reports names after `<-` and in `from`, `outputs` and `reuse` that are neither
        an input nor a previous entry; and a first entry that does not name which of
        several inputs it is called on.

    Why:
        An entry can use only the inputs and the entries above it: there are no cycles,
        and a spec reads from top to bottom.

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
    """Blocks use one another in a cycle.

    What it does:
        Reports a block that uses itself, directly or through other blocks.

    Why:
        The model would be infinitely deep.

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
