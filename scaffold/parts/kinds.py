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
        test_values: Values for tests; the first that differs from the default is used.
        is_usual: Whether a part has it by default.
    """

    argument: Argument
    purpose: str
    least: int | None = None
    above: int | None = None
    test_values: tuple[int, ...] = ()
    is_usual: bool = True


class Kind(NamedTuple):
    """A kind of part.

    Attributes:
        base: The Keras class that it derives from.
        method: Where the user is expected to use a param without a role.
        reserved: Names that the base class, the template or its tests need.
        roles: The params that the template uses.
        name_purpose: The description of the argument `name`, `""` without it.
        kwargs_example: An argument that `**kwargs` accepts, `""` without `**kwargs`.
    """

    base: str
    method: str
    reserved: frozenset[str]
    roles: tuple[Role, ...]
    name_purpose: str = ""
    kwargs_example: str = ""


_OF_ALL = frozenset("keras ops self kwargs super get_config from_config".split())

KINDS: Mapping[str, Kind] = {
    "layer": Kind(
        base=facts.BASES["layer"],
        method="`call`",
        # The catalogue has the other attributes of `Layer`.
        reserved=_OF_ALL | {"kernel", "bias", "inputs", "input_shape"},
        roles=(
            Role(
                Argument("units", default=32, kinds=("integer",)),
                "the size of the last axis of the output",
                least=1,
                test_values=(3, 4),
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
        kwargs_example="name",
    ),
    "loss": Kind(
        base=facts.BASES["loss"],
        method="`call`",
        reserved=_OF_ALL | frozenset("name dtype reduction call y_true y_pred".split()),
        roles=(
            Role(
                Argument("delta", default=1.0, kinds=("float", "integer")),
                "the size of an error above which the loss grows linearly",
                above=0,
            ),
        ),
        name_purpose="its name",
        kwargs_example="reduction",
    ),
    "metric": Kind(
        base=facts.BASES["metric"],
        method="`update_state`",
        reserved=_OF_ALL
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
        name_purpose="its name in the logs",
        kwargs_example="dtype",
    ),
    "callback": Kind(
        base=facts.BASES["callback"],
        method="one of its methods",
        reserved=_OF_ALL | frozenset("""model params set_model set_params seconds time
            on_batch_begin on_batch_end on_epoch_begin on_epoch_end
            on_predict_batch_begin on_predict_batch_end on_predict_begin on_predict_end
            on_test_batch_begin on_test_batch_end on_test_begin on_test_end
            on_train_batch_begin on_train_batch_end on_train_begin
            on_train_end""".split()),
        roles=(
            Role(
                Argument("verbose", default=1, kinds=("integer", "boolean")),
                "0 is silent, 1 prints the time of each epoch",
                test_values=(0, 1),
            ),
        ),
    ),
}
"""All kinds, by name."""
