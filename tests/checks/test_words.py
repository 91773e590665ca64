"""What a finding says, and how it says that the fault is mended."""

from __future__ import annotations

import pytest

from scaffold.diagnostics import Diagnostic
from scaffold.pipeline import Source, check

PARAMS = "params: {units: 8, act: rleu, rate: 0.5}"


def found_in(line: str) -> tuple[Diagnostic, ...]:
    """Gives what is found in a line, unused params aside."""
    quoted = "'" + line.replace("'", "''") + "'"
    text = f"{PARAMS}\ninputs: [28, 28, 1]\nlayers:\n  - {quoted}\n"
    diagnostics = check(Source(text.encode(), "model.yaml")).diagnostics
    return tuple(diagnostic for diagnostic in diagnostics if diagnostic.code != "KS210")


@pytest.mark.parametrize(
    ("line", "message", "help_"),
    [
        ("Dens(8)", "no layer is called `Dens`", "mean `Dense` or"),
        ("Linear(8)", "no layer is called `Linear`", "write `Dense(8)`"),
        ("GELU", "no layer is called `GELU`", 'write `Activation("gelu")`'),
        ("softmax()", "no layer is called `softmax`", "did you mean `Softmax`?"),
        ("Adam()", "`Adam` is an optimizer, but a layer is expected here", ""),
        ("Dense(max(1, 2))", "no Keras object is called `max`", "no function calls"),
        (
            "Dense(8, activation=tanh())",
            "the activation `tanh` is written as a call",
            'write the string "tanh"',
        ),
        ("Dense(8, activaton=1)", "has no argument `activaton`", "mean `activation`?"),
        ("Dense(8, input_shape=(4,))", "no argument `input_shape`", "leave it out"),
        ("LeakyReLU(alpha=0.1)", "no argument `alpha`", "mean `negative_slope`?"),
        ("Conv2D(8)", "`Conv2D` requires `kernel_size`", "add `kernel_size=3`"),
        ('Dense("8")', "must be an integer, not the string '8'", "8 without quotes"),
        ("Dense(8.0)", "must be an integer, not the number 8.0", "write 8"),
        ("Dense([8])", "not a list of 1 item", "write 8 without brackets"),
        ("Dense(None)", "must be an integer, not `None`", "for example, `units="),
        ("Dense(units / 2)", "not the number 4.0", "divide with `//`"),
        ("Dense(rate)", "number 0.5, the default of `rate`", "default of `rate`"),
        ('Dense("units * 2")', "not the string 'units * 2'", "or `$(units * 2)` in"),
        ('Dense(8, use_bias="no")', "`use_bias` must be a boolean", "write False"),
        (
            "Dense(8, kernel_regularizer=0.1)",
            "must be a regularizer or `None`, not the number 0.1",
            "write `L2(0.1)`",
        ),
        (
            "Conv2D(8, (3, 3.0))",
            "must be an integer or a tuple of 2 integers, not a list of 2 items that "
            "contains the number 3.0",
            "kernel_size=3",
        ),
        (
            "RNN(LSTM(3))",
            "takes a cell, such as `LSTMCell`, not `LSTM`",
            "already recurrent",
        ),
        ('Dense(8, activation="Relu")', "'Relu' is not an activation", 'mean "relu"'),
        ("Dense(8, activation=act)", "the default of `act`", 'did you mean "relu"?'),
        ('Conv2D(8, 3, padding="full")', "cannot be 'full'", '"valid", "same"'),
        ("Reshape(4, 4)", "takes 1 positional argument", "`Reshape((4, 4))`"),
        ("Dense(8, activation=relu)", "there is no param `relu`", 'string "relu"'),
        ("Dense(8, use_bias=true)", "there is no param `true`", "write `True`"),
        ("Dense(unit)", "there is no param `unit`", "did you mean `units`?"),
        ("TimeDistributed(Flatten)", "no param `Flatten`", "parentheses: `Flatten()`"),
        ("Dense(units // 0)", "this cannot be evaluated", "by default `units` is 8"),
        ("Dropout(50)", "`rate` must be between 0 and 1, not 50", "write 0.5"),
        ("Dense(0)", "`units` must be at least 1, not 0", "write 1 or more"),
        ("straße = Dense(8)", "`straße` is not an identifier", "starts with a letter"),
    ],
)
def test_words(line: str, message: str, help_: str) -> None:
    """One fault is one finding, with words that name it and help that mends it."""
    (diagnostics,) = found_in(line)
    assert message in diagnostics.message
    assert help_ in diagnostics.help


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Conv2D(8, kernel=3)", ["KS202"]),
        ("Dropout(p=0.5)", ["KS202"]),
        ("Wrapper", ["KS212"]),
        ("JaxLayer", ["KS212"]),
        ("Dens(nits)", ["KS209", "KS201"]),
        ("Dens(8, activation=1, nothing=2)", ["KS201"]),
        ("Dense(nits * 2)", ["KS209"]),
        ("Dense(-nits)", ["KS209"]),
        ("Reshape(4, 4)", ["KS206"]),
        ("Dense(8 // 0 + 8 // 0)", ["KS213", "KS213"]),
        ("Dense(8 // 0 * 2)", ["KS213"]),
        ("Dense([8 // 0])", ["KS213"]),
        ("Bidirectional(Dens(8))", ["KS201"]),
        ("Bidirectional(Layer())", ["KS212"]),
    ],
)
def test_one_fault_is_one_finding(line: str, codes: list[str]) -> None:
    """What follows from a fault is not reported beside it."""
    assert [diagnostic.code for diagnostic in found_in(line)] == codes
