"""Checks that classes can be created from their configuration."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import keras

from scaffold.diagnostics import Diagnostic
from scaffold.ir.reserved import attribute_of_param
from scaffold.verify.checks.classes import arguments, classes, of_argument, of_class
from scaffold.verify.checks.defaults import defaults
from scaffold.verify.checks.rebuild import rebuild_findings
from scaffold.verify.checks.subject import CandidateModel, CheckResult, judged
from scaffold.verify.recording.plain_config import is_alike


class _Instance(NamedTuple):
    """An instance of one of the module's classes.

    Attributes:
        layer: The instance.
        arguments: The arguments of its constructor, with defaults.
    """

    layer: Any
    arguments: Mapping[str, Any]


def config(subject: CandidateModel) -> CheckResult:
    """Check the classes of a module, and the defaults of its functions."""
    diagnostics = list(defaults(subject))
    module_classes = classes(subject)
    for layer_class in module_classes:
        diagnostics += _registered(subject, layer_class)
        for instance in _instances(subject, layer_class):
            diagnostics += _keys(subject, instance)
            diagnostics += _values(subject, instance)
    if not diagnostics:
        diagnostics += rebuild_findings(subject)
    return judged(
        diagnostics, f"{len(module_classes)} classes" if len(module_classes) > 1 else ""
    )


def _registered(subject: CandidateModel, layer_class: Any) -> Iterator[Diagnostic]:
    if ">" not in keras.saving.get_registered_name(layer_class):
        message = (
            f"`{layer_class.__name__}` is not registered: Keras cannot load it by name"
        )
        help_ = (
            "decorate it with `@keras.saving.register_keras_serializable(package=...)`"
        )
        yield Diagnostic("KS711", message, of_class(subject, layer_class), help_)


def _instances(subject: CandidateModel, layer_class: Any) -> Iterator[_Instance]:
    """Yield the instances of a class in the model, and some with other arguments."""
    instances = []
    for record in subject.records:
        if type(record.layer) is layer_class:
            bound = inspect.signature(layer_class).bind(*record.args, **record.kwargs)
            bound.apply_defaults()
            kwargs = {name: bound.arguments[name] for name in arguments(layer_class)}
            instances.append(_Instance(record.layer, kwargs))
    yield from instances
    for kwargs in _varied(instances[0].arguments) if instances else ():
        try:
            layer = layer_class(**kwargs)
        except MemoryError:
            raise
        # A layer does not have to accept every value.
        except Exception:
            continue
        yield _Instance(layer, kwargs)


def _varied(kwargs: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield variants of arguments, each with one value changed.

    With defaults only, a constant in `get_config` would not be detected.
    """
    for name, value in kwargs.items():
        match value:
            case bool():
                yield {**kwargs, name: not value}
            case int():
                yield {**kwargs, name: value + 1}
            case float():
                yield {**kwargs, name: value / 2 + 0.125}


def _keys(subject: CandidateModel, instance: _Instance) -> Iterator[Diagnostic]:
    """Find arguments missing from the configuration, and unknown keys in it."""
    layer, layer_class = instance.layer, type(instance.layer)
    base: Any = next(
        ancestor
        for ancestor in layer_class.mro()
        if ancestor.__module__ != subject.code.module
    )
    keys, inherited = set(layer.get_config()), set(base.get_config(layer))
    if not inherited <= keys:
        listed = ", ".join(f"`{key}`" for key in sorted(inherited - keys))
        message = f"`get_config` of `{layer_class.__name__}` does not return {listed}"
        help_ = "begin the returned dictionary with `**super().get_config()`"
        yield Diagnostic("KS711", message, of_class(subject, layer_class), help_)
    for name in instance.arguments:
        if name not in keys:
            message = (
                f"`get_config` of `{layer_class.__name__}` does not return `{name}`"
            )
            entry = f'"{name}": self.{attribute_of_param(name)}'
            help_ = f"add `{entry}` to the returned dictionary"
            yield Diagnostic(
                "KS711", message, of_argument(subject, layer_class, name), help_
            )
        if not hasattr(layer, attribute_of_param(name)):
            message = f"`{layer_class.__name__}` does not store its argument `{name}`"
            help_ = f"write `self.{attribute_of_param(name)} = {name}` in `__init__`"
            yield Diagnostic(
                "KS711", message, of_argument(subject, layer_class, name), help_
            )
    for key in sorted(keys - inherited - set(instance.arguments)):
        message = (
            f"`get_config` of `{layer_class.__name__}` returns `{key}`, "
            "which is not an argument of `__init__`"
        )
        help_ = f"remove `{key}`, or add it to the arguments of `__init__`"
        yield Diagnostic("KS711", message, of_class(subject, layer_class), help_)


def _values(subject: CandidateModel, instance: _Instance) -> Iterator[Diagnostic]:
    """Find arguments that are stored or returned with a different value."""
    layer, layer_class = instance.layer, type(instance.layer)
    configured = layer.get_config()
    for name, value in instance.arguments.items():
        attribute = attribute_of_param(name)
        stored = getattr(layer, attribute, value)
        for holder, actual in (
            (f"`get_config` of `{layer_class.__name__}`", configured.get(name, value)),
            (f"`{layer_class.__name__}`", stored),
        ):
            if not is_alike(value, actual):
                message = (
                    f"{holder} has {actual!r} for `{name}`, and should have {value!r}"
                )
                span, help_ = (
                    of_argument(subject, layer_class, name),
                    f"use `self.{attribute}`",
                )
                if actual is stored:
                    help_ = f"write `self.{attribute} = {name}` in `__init__`"
                yield Diagnostic("KS711", message, span, help_)
