"""KS303: a layer that takes no tensor, or more than the one that a chain hands on."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.checks.scope import Scope, is_usable
from scaffold.diagnostics import Diagnostic


def tensor_count(scope: Scope) -> Iterator[Diagnostic]:
    """Reports layers that one tensor is not enough (or too much) for."""
    for node in scope.model.nodes:
        target = node.layer.target
        if not isinstance(target, KerasCallable) or not is_usable(target):
            continue
        name = target.name
        help_ = "leave it out: in a chain there is no second tensor"
        if target.takes == "list":
            message = f"`{name}` takes a list of tensors, and a chain hands on one"
        elif target.takes == "several":
            wanted = " and ".join(f"`{tensor}`" for tensor in target.tensors)
            message = f"`{name}` is called on {wanted}, and a chain hands on one tensor"
            if "states" in target.tensors:
                help_ = f"put it into a recurrent layer: `RNN({name}(...))`"
        elif target.takes == "none":
            message = f"`{name}` takes no tensor"
            help_ = "leave it out: the spec's `inputs` make it"
        else:
            continue
        yield Diagnostic("KS303", message, node.layer.name_span, help_)
