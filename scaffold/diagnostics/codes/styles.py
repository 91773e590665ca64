"""KS5xx: what a style cannot say."""

from scaffold.diagnostics.codes.page import Code


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
          = help: a class can call it: --style subclass

    Instead:
        $ printf 'inputs: [8, 8, 3]\nlayers: [Equalization]\n' > photo.yaml
        $ keras-scaffold new photo.yaml --style subclass
           create  photo.py (subclass)
    """

    name = "beyond-the-style"
