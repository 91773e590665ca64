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
