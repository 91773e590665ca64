"""Whether classes can be made again from their configuration."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import keras

from scaffold.diagnostics import Diagnostic
from scaffold.ir.reserved import attribute_of_param
from scaffold.verify.again import made_again
from scaffold.verify.classes import arguments, classes, of_argument, of_class
from scaffold.verify.defaults import defaults
from scaffold.verify.plain import is_alike
from scaffold.verify.subject import Subject, Verdict, judged


class _Instance(NamedTuple):
    """An object of one of the module's classes.

    Attributes:
        layer: The object.
        given: The arguments that it was made with, defaults among them.
    """

    layer: Any
    given: Mapping[str, Any]


def config(subject: Subject) -> Verdict:
    """Looks at the classes of a module, and at the defaults of its functions."""
    found = list(defaults(subject))
    several = classes(subject)
    for one in several:
        found += _registered(subject, one)
        for instance in _instances(subject, one):
            found += _keys(subject, instance)
            found += _values(subject, instance)
    if not found:
        found += made_again(subject)
    return judged(found, f"{len(several)} classes" if len(several) > 1 else "")


def _registered(subject: Subject, one: Any) -> Iterator[Diagnostic]:
    if ">" not in keras.saving.get_registered_name(one):
        message = f"`{one.__name__}` is not registered, and cannot be loaded by name"
        help_ = "@keras.saving.register_keras_serializable(package=...)"
        yield Diagnostic("KS711", message, of_class(subject, one), help_)


def _instances(subject: Subject, one: Any) -> Iterator[_Instance]:
    """Gives the objects of a class: those of the model, and some with other values."""
    found = []
    for made in subject.made:
        if type(made.layer) is one:
            bound = inspect.signature(one).bind(*made.args, **made.kwargs)
            bound.apply_defaults()
            given = {name: bound.arguments[name] for name in arguments(one)}
            found.append(_Instance(made.layer, given))
    yield from found
    for given in _varied(found[0].given) if found else ():
        try:
            layer = one(**given)
        except MemoryError:
            raise
        # No layer takes every value.
        except Exception:
            continue
        yield _Instance(layer, given)


def _varied(given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Gives some arguments again and again, each time with another value in one.

    A value that is always the default might be one that is written down.
    """
    for name, value in given.items():
        match value:
            case bool():
                yield {**given, name: not value}
            case int():
                yield {**given, name: value + 1}
            case float():
                yield {**given, name: value / 2 + 0.125}


def _keys(subject: Subject, instance: _Instance) -> Iterator[Diagnostic]:
    """Finds arguments that are not in the configuration, and what is too much in it."""
    layer, one = instance.layer, type(instance.layer)
    base: Any = next(
        each for each in one.mro() if each.__module__ != subject.code.module
    )
    given, usual = set(layer.get_config()), set(base.get_config(layer))
    if not usual <= given:
        listed = ", ".join(f"`{key}`" for key in sorted(usual - given))
        message = f"`get_config` of `{one.__name__}` leaves out {listed}"
        help_ = "it should begin with `**super().get_config()`"
        yield Diagnostic("KS711", message, of_class(subject, one), help_)
    for name in instance.given:
        if name not in given:
            message = f"`get_config` of `{one.__name__}` leaves out `{name}`"
            help_ = f'add `"{name}": self.{attribute_of_param(name)}` to what it gives'
            yield Diagnostic("KS711", message, of_argument(subject, one, name), help_)
        if not hasattr(layer, attribute_of_param(name)):
            message = f"`{one.__name__}` does not keep its argument `{name}`"
            help_ = f"write `self.{attribute_of_param(name)} = {name}` in `__init__`"
            yield Diagnostic("KS711", message, of_argument(subject, one, name), help_)
    for key in sorted(given - usual - set(instance.given)):
        message = f"`get_config` of `{one.__name__}` gives `{key}`, no argument of it"
        help_ = f"take `{key}` out of it, or add it to the arguments of `__init__`"
        yield Diagnostic("KS711", message, of_class(subject, one), help_)


def _values(subject: Subject, instance: _Instance) -> Iterator[Diagnostic]:
    """Finds arguments that are not kept, or not given back, as they were."""
    layer, one = instance.layer, type(instance.layer)
    configured = layer.get_config()
    for name, value in instance.given.items():
        attribute = attribute_of_param(name)
        kept = getattr(layer, attribute, value)
        for holder, there in (
            (f"`get_config` of `{one.__name__}`", configured.get(name, value)),
            (f"`{one.__name__}`", kept),
        ):
            if not is_alike(value, there):
                message = f"{holder} has {there!r} for `{name}`, which is {value!r}"
                span, help_ = of_argument(subject, one, name), f"use `self.{attribute}`"
                if there is kept:
                    help_ = f"write `self.{attribute} = {name}` in `__init__`"
                yield Diagnostic("KS711", message, span, help_)
