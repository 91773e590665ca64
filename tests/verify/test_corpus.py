"""Every spec of the tests, and every preset, goes through `verify`.

The large networks do not: they are held against Keras's own, in tests/run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.pipeline import Source, job
from scaffold.verify.runner import run
from tests.goldens import CASES, NOTATIONS, is_large, specs, styles_of
from tests.verify import brief
from tests.verify.corpus import BACKEND, faults

pytestmark = pytest.mark.keras

AT_ONCE = 20
"""How many specs one child verifies: few enough that two workers share the work."""

OF_THE_BACKEND = {
    ("torch", "unet"): "RuntimeError: grad_input must be contiguous",
}
"""What a backend cannot do at all, and `verify` is to say so.

PyTorch 2.13 on a CPU has no gradient of the sparse cross-entropy of a picture whose
channels are last, as Keras 3.15.1 computes it: a model of one `Conv2D` fails as well.
"""

SMALL = {
    "autoencoder": {"num_features": 12, "latent_dim": 3},
    "cnn": {"filters": 4},
    "resnet": {"image_size": 8, "filters": 4},
    "lstm_seq2seq": {
        "num_encoder_tokens": 7,
        "num_decoder_tokens": 9,
        "latent_dim": 8,
    },
    "siamese": {"image_size": 12, "filters": 4, "embed_dim": 8},
    "text_classifier": {"vocab_size": 60, "embed_dim": 8, "units": 8},
    "timeseries_transformer": {
        "sequence_length": 8,
        "head_size": 8,
        "num_heads": 2,
        "num_transformer_blocks": 2,
        "mlp_units": 8,
    },
    "transformer_classifier": {"vocab_size": 60, "embed_dim": 8, "num_heads": 2},
    "two_tower": {"num_users": 30, "num_items": 20, "embed_dim": 8},
    "unet": {"image_size": 16, "filters": 4},
}
"""Params of presets and of published examples, so that they take less time."""

PUBLISHED = ("lstm_seq2seq", "timeseries_transformer")
"""Those of them that are no presets; other specs may have the name of a preset."""

TWINS = {CASES / f"{case}.yaml" for case in NOTATIONS.values()}
"""Specs of which the code is that of another one, byte for byte (test_goldens)."""

SPECS = tuple(path for path in specs() if not is_large(path))
PARTS = [SPECS[start : start + AT_ONCE] for start in range(0, len(SPECS), AT_ONCE)]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part[0].stem)
def test_specs_are_verified(part: tuple[Path, ...]) -> None:
    """Every style that can say a spec is the model that the spec describes."""
    jobs = []
    for path in part:
        is_known = path.parent.name == "presets" or path.stem in PUBLISHED
        small = SMALL.get(path.stem, {}) if is_known else {}
        params = tuple((name, str(value)) for name, value in small.items())
        source = Source(path.read_bytes(), str(path), params=params)
        result, checked = job(source, backend=BACKEND)
        assert result is not None, checked.diagnostics
        assert tuple(candidate.label for candidate in result.candidates) == styles_of(
            path
        )
        if path in TWINS:
            # It is held against a reference of its own; once is enough for that.
            result = result._replace(candidates=result.candidates[-1:])
        jobs.append(result)
    results = faults(jobs, run(jobs, backend=BACKEND, examiner=brief.CLASSES_TRACED))
    for path in part:
        reason = OF_THE_BACKEND.get((BACKEND, path.stem))
        if reason is not None:
            own = [line for line in results if line.startswith(f"{path} (")]
            assert len(own) == len(styles_of(path))
            assert all(line.endswith(reason) for line in own), own
            results = [line for line in results if line not in own]
    assert results == []
