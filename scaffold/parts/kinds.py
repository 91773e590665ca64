"""The kinds of parts: their base classes, and the params that their templates use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scaffold.catalogue import Argument
from scaffold.catalogue.facts import layers as facts


class Role(NamedTuple):
    """A param that the template of a kind uses.

    Attributes:
        argument: The name, the allowed values and the default.
        purpose: The description in the docstring and in messages.
        least: The minimum of a number, `None` for no minimum.
        above: The exclusive lower bound of a number, `None` for no bound.
        tried: Values for tests; the first that differs from the default is used.
        is_usual: Whether a part has it by default.
    """

    argument: Argument
    purpose: str
    least: int | None = None
    above: int | None = None
    tried: tuple[int, ...] = ()
    is_usual: bool = True


class Kind(NamedTuple):
    """A kind of part.

    Attributes:
        base: The Keras class that it derives from.
        method: Where the user is expected to use a param without a role.
        taken: Names that the base class, the template or its tests need.
        roles: The params that the template uses.
        named: The description of the argument `name`, `""` without this argument.
        takes: An example of an argument in `**kwargs`, `""` without `**kwargs`.
    """

    base: str
    method: str
    taken: frozenset[str]
    roles: tuple[Role, ...]
    named: str = ""
    takes: str = ""


_OF_ALL = frozenset("keras ops self kwargs super get_config from_config".split())

KINDS: Mapping[str, Kind] = {
    "layer": Kind(
        base=facts.BASES["layer"],
        method="`call`",
        # The catalogue has the other attributes of `Layer`.
        taken=_OF_ALL | {"kernel", "bias", "inputs", "input_shape"},
        roles=(
            Role(
                Argument("units", default=32, kinds=("integer",)),
                "the size of the last axis of the output",
                least=1,
                tried=(3, 4),
            ),
            Role(
                Argument("activation", kinds=("activation",), nullable=True),
                "the activation function of the output",
            ),
            Role(
                Argument("use_bias", default=True, kinds=("boolean",)),
                "whether to add a bias",
                is_usual=False,
            ),
        ),
        takes="name",
    ),
    "loss": Kind(
        base=facts.BASES["loss"],
        method="`call`",
        taken=_OF_ALL | frozenset("name dtype reduction call y_true y_pred".split()),
        roles=(
            Role(
                Argument("delta", default=1.0, kinds=("float", "integer")),
                "the size of an error above which the loss grows linearly",
                above=0,
            ),
        ),
        named="its name",
        takes="reduction",
    ),
    "metric": Kind(
        base=facts.BASES["metric"],
        method="`update_state`",
        taken=_OF_ALL
        | frozenset(
            """name dtype variables add_variable add_weight reset_state result
            stateless_reset_state stateless_result stateless_update_state update_state
            total count""".split()
        ),
        roles=(
            Role(
                Argument("tolerance", default=0.5, kinds=("float", "integer")),
                "the largest error of a prediction that counts as correct",
                least=0,
            ),
        ),
        named="its name in the logs",
        takes="dtype",
    ),
    "callback": Kind(
        base=facts.BASES["callback"],
        method="one of its methods",
        taken=_OF_ALL | frozenset("""model params set_model set_params seconds time
            on_batch_begin on_batch_end on_epoch_begin on_epoch_end
            on_predict_batch_begin on_predict_batch_end on_predict_begin on_predict_end
            on_test_batch_begin on_test_batch_end on_test_begin on_test_end
            on_train_batch_begin on_train_batch_end on_train_begin
            on_train_end""".split()),
        roles=(
            Role(
                Argument("verbose", default=1, kinds=("integer", "boolean")),
                "0 is silent, 1 prints the time of each epoch",
                tried=(0, 1),
            ),
        ),
    ),
}
"""All kinds, by name."""
