"""The kinds of parts: what each is by itself, and which params it has a use for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scaffold.catalogue import Argument
from scaffold.catalogue.facts import layers as facts


class Role(NamedTuple):
    """A param that the template of a kind has a use for.

    Attributes:
        argument: Its name, what it may be, and its default.
        purpose: What it is for.
        least: The least that a number may be, if there is such.
        above: What a number has to be greater than, if it has to be.
        tried: Values for tests, the first of which that is not the default is taken.
        is_usual: Whether a part has it where no params are asked for.
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
        base: The class of Keras's that it is derived from.
        method: Where a param without a role is to be used.
        taken: Names that the base class, the template or a test of it needs.
        roles: The params that it has a use for.
        named: What its `name` is, `""` where it takes none of its own.
        takes: What `**kwargs` may hold, `""` where there is no such.
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
        # What else `Layer` has, the catalogue says.
        taken=_OF_ALL | {"kernel", "bias", "inputs", "input_shape"},
        roles=(
            Role(
                Argument("units", default=32, kinds=("integer",)),
                "the size of the last axis of what it gives",
                least=1,
                tried=(3, 4),
            ),
            Role(
                Argument("activation", kinds=("activation",), nullable=True),
                "what is applied to the result",
            ),
            Role(
                Argument("use_bias", default=True, kinds=("boolean",)),
                "whether a bias is added",
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
                "the size of an error from which on the loss grows linearly",
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
                "the error up to which a prediction counts as right",
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
"""All kinds, by the word for them."""
