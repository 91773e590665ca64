"""Keywords that Keras does not know, and what their author may have meant."""

from __future__ import annotations

from scaffold.catalogue import KerasCallable
from scaffold.diagnostics import suggest
from scaffold.ir.types import Graph

_ELSEWHERE = {
    "alpha": "negative_slope",
    "bias": "use_bias",
    "border_mode": "padding",
    "dim": "output_dim",
    "dropout_rate": "rate",
    "embedding_dim": "output_dim",
    "hidden_size": "units",
    "init": "kernel_initializer",
    "keep_prob": "rate",
    "lr": "learning_rate",
    "nb_epoch": "epochs",
    "nb_filter": "filters",
    "num_embeddings": "input_dim",
    "num_features": "units",
    "num_units": "units",
    "out_channels": "filters",
    "out_features": "units",
    "p": "rate",
    "prob": "rate",
    "subsample": "strides",
    "vocab_size": "input_dim",
}
"""What older Keras, PyTorch and JAX call an argument, and Keras 3's name for it."""

NEEDLESS = frozenset(
    """batch_input_shape in_channels in_features input_dim input_length input_shape
    input_size""".split()
)
"""What layers took or take elsewhere to learn the shape that they are called on."""


def meant(keyword: str, target: KerasCallable | Graph) -> str:
    """Finds the argument that an unknown keyword may stand for, `""` for none."""
    known = [argument.name for argument in target.arguments]
    if keyword in NEEDLESS:
        return ""
    named = _ELSEWHERE.get(keyword.lower())
    if named in known:
        return named
    near = suggest(keyword, known)
    return near[0] if near else ""
