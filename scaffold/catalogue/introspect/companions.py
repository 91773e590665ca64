"""Other arguments that an argument requires, so that it can be tried."""

from __future__ import annotations

from typing import Any

COMPANY: dict[tuple[str, str], dict[str, Any]] = {
    ("", "output_padding"): {"strides": 4},  # it must be less than the strides
    ("", "ema_overwrite_frequency"): {"use_ema": True},
    ("AUC", "num_labels"): {"multi_label": True},
    ("BatchNormalization", "renorm_clipping"): {"renorm": True},
    ("BatchNormalization", "renorm_momentum"): {"renorm": True},
    ("IntegerLookup", "salt"): {"oov_method": "farmhash", "num_oov_indices": 2},
    ("IntegerLookup", "idf_weights"): {"output_mode": "tf_idf"},
    ("StringLookup", "idf_weights"): {"output_mode": "tf_idf"},
    ("TextVectorization", "idf_weights"): {"output_mode": "tf_idf"},
    ("STFTSpectrogram", "fft_length"): {"frame_length": 2},  # it must not be less
}
"""By class (`""` for any) and argument: the other arguments that it requires."""


def company(owner: str, argument: str) -> dict[str, Any]:
    """Return the other arguments that an argument of a class requires."""
    return COMPANY.get((owner, argument)) or COMPANY.get(("", argument), {})
