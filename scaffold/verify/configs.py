"""Whether classes can be made again from their configuration."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import keras

from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir.names import camel_case, snake_case
from scaffold.ir.types import Graph
from scaffold.verify.blame import is_same
from scaffold.verify.leaves import Key
from scaffold.verify.listener import Listener
from scaffold.verify.readable import readable
from scaffold.verify.same_layers import differences, plain
from scaffold.verify.subject import Subject, Verdict, judged

_TOLERANCE = 1e-6
_OF_EVERY_LAYER = ("name", "trainable", "dtype")


class Instance(NamedTuple):
    """An object of one of the module's classes.

    Attributes:
        layer: The object.
        given: The arguments that it was made with, defaults among them.
    """

    layer: Any
    given: Mapping[str, Any]


def config(subject: Subject) -> Verdict:
    """Looks at the classes of a module, and at the defaults of its functions."""
    found = list(_defaults(subject))
    classes = _classes(subject)
    for one in classes:
        found += _registered(subject, one)
        for instance in _instances(subject, one):
            found += _keys(subject, instance)
            found += _values(subject, instance)
    found = list(dict.fromkeys(found))
    if not found:
        found += _made_again(subject)
    return judged(found, f"{len(classes)} classes" if classes else "")


def _classes(subject: Subject) -> list[type]:
    """Gives the layers and models that a module defines."""
    return [
        one
        for one in vars(subject.module).values()
        if inspect.isclass(one)
        and issubclass(one, keras.layers.Layer)
        and one.__module__ == subject.code.module
    ]


def _arguments(one: type) -> dict[str, inspect.Parameter]:
    """Gives the arguments that a class's constructor has of its own."""
    if "__init__" not in vars(one):
        return {}
    parameters = list(inspect.signature(one.__init__).parameters.values())  # type: ignore[misc] # an own one, as was looked at
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return {
        given.name: given
        for given in parameters[1:]
        if given.kind in named and given.name not in _OF_EVERY_LAYER
    }


def _instances(subject: Subject, one: type) -> Iterator[Instance]:
    """Gives the objects of a class: those of the model, and one with other values."""
    arguments = _arguments(one)
    made = [given for given in subject.made if type(given.layer) is one]
    found = []
    for each in made:
        bound = inspect.signature(one).bind(*each.args, **each.kwargs)
        bound.apply_defaults()
        given = {key: bound.arguments[key] for key in arguments}
        found.append(Instance(each.layer, given))
    yield from found
    for instance in found[:1]:
        for given in _varied(instance.given):
            try:
                layer = one(**given)
            except MemoryError:
                raise
            # No layer takes every value.
            except Exception:
                continue
            yield Instance(layer, given)


def _varied(given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Gives some arguments again and again, each time with another value in one."""
    for key, value in given.items():
        match value:
            case bool():
                yield {**given, key: not value}
            case int():
                yield {**given, key: value + 1}
            case float():
                yield {**given, key: value / 2 + 0.125}


def _registered(subject: Subject, one: type) -> Iterator[Diagnostic]:
    if ">" not in keras.saving.get_registered_name(one):
        message = f"`{one.__name__}` is not registered, and cannot be loaded by name"
        help_ = "@keras.saving.register_keras_serializable(package=...)"
        yield Diagnostic("KS711", message, _of_class(subject, one), help_)


def _keys(subject: Subject, instance: Instance) -> Iterator[Diagnostic]:
    """Finds arguments that are not in the configuration, and what is too much in it."""
    one = type(instance.layer)
    base = next(each for each in one.mro() if each.__module__ != subject.code.module)
    given = set(instance.layer.get_config())
    for key in instance.given:
        if key not in given:
            message = f"`get_config` of `{one.__name__}` leaves out `{key}`"
            yield Diagnostic("KS711", message, _of_param(subject, one, key))
        if not hasattr(instance.layer, key):
            message = f"`{one.__name__}` does not keep its argument `{key}`"
            yield Diagnostic("KS711", message, _of_param(subject, one, key))
    usual = set(base.get_config(instance.layer))
    if not usual <= given:
        listed = ", ".join(f"`{key}`" for key in sorted(usual - given))
        message = f"`get_config` of `{one.__name__}` leaves out {listed}"
        help_ = "it should begin with `**super().get_config()`"
        yield Diagnostic("KS711", message, _of_class(subject, one), help_)
    for key in sorted(given - usual - set(instance.given)):
        message = f"`get_config` of `{one.__name__}` gives `{key}`, no argument of it"
        yield Diagnostic("KS711", message, _of_class(subject, one))


def _values(subject: Subject, instance: Instance) -> Iterator[Diagnostic]:
    """Finds arguments that are not kept, or given back, as they were."""
    one, layer = type(instance.layer), instance.layer
    configured = layer.get_config()
    for key, value in instance.given.items():
        for holder, there, has in (
            (
                f"`get_config` of `{one.__name__}`",
                configured.get(key),
                key in configured,
            ),
            (f"`{one.__name__}`", getattr(layer, key, None), hasattr(layer, key)),
        ):
            ours, theirs = (plain(each, keep_seeds=True) for each in (value, there))
            if has and any(differences(ours, theirs)):
                message = f"{holder} has {there!r} for `{key}`, which is {value!r}"
                yield Diagnostic("KS711", message, _of_param(subject, one, key))


def _made_again(subject: Subject) -> Iterator[Diagnostic]:
    """Makes the model, and each block in it, anew from what they say of themselves."""
    boxes = {
        Key((), type(one.layer).__name__, number): one.layer
        for number, one in enumerate(subject.made)
        if type(one.layer).__module__ == subject.code.module
    }
    listener = Listener({key: one for key, one in boxes.items()})
    with listener.listening():
        subject.model(subject.batch, training=False)
    seen: set[Key] = set()
    for call in listener.calls:
        if call.key is not None and call.key not in seen:
            seen.add(call.key)
            layer = boxes[call.key]
            yield from _one_again(subject, layer, call.given, call.gave)
    if subject.model not in boxes.values():
        outputs = subject.model(subject.batch, training=False)
        given = {"inputs": subject.batch}
        yield from _one_again(subject, subject.model, given, outputs)


def _one_again(
    subject: Subject, layer: Any, given: Mapping[str, Any], gave: Any
) -> Iterator[Diagnostic]:
    name, place = type(layer).__name__, _of_class(subject, type(layer))
    try:
        again = type(layer).from_config(layer.get_config())
        if not again.built:
            again.build_from_config(layer.get_build_config())
        if len(again.weights) != len(layer.weights):
            message = (
                f"`{name}` has {len(again.weights)} weights once it is built, "
                f"and should have {len(layer.weights)}"
            )
            help_ = "`build` should trace `call` on symbolic inputs"
            yield Diagnostic("KS711", message, place, help_)
            return
        again.set_weights(layer.get_weights())
        others = again(*given.values(), training=False)
    except MemoryError:
        raise
    # Anything may come from the code's own methods.
    except Exception as error:
        message = f"`{name}` cannot be made from its configuration: {readable(error)}"
        yield Diagnostic("KS711", message, place)
        return
    if not is_same(gave, others, _TOLERANCE):
        message = f"`{name}` made from its configuration gives something else"
        yield Diagnostic("KS711", message, place)


def _defaults(subject: Subject) -> Iterator[Diagnostic]:
    """Finds params whose defaults are others than in the spec."""
    if subject.standard is None:
        return
    for graph in subject.standard.reference.model.graphs:
        wanted = subject.standard.reference.defaults(graph)
        for holder in _holders(subject, graph):
            for name, given in inspect.signature(holder).parameters.items():
                if name not in wanted or given.default is given.empty:
                    continue
                if any(
                    differences(
                        plain(wanted[name], keep_seeds=True),
                        plain(given.default, keep_seeds=True),
                    )
                ):
                    message = (
                        f"`{name}` of `{holder.__name__}` is {given.default!r} by "
                        f"default, and should be {wanted[name]!r}"
                    )
                    yield Diagnostic("KS711", message, _param_span(graph, name))


def _holders(subject: Subject, graph: Graph) -> Sequence[Any]:
    """Gives the functions and the class that have the params of a graph."""
    names = [camel_case(graph.name), snake_case(graph.name)]
    if not graph.is_block:
        names = [names[0], "build_model", "compile_model", "main"]
    found = (getattr(subject.module, name, None) for name in names)
    return [one for one in found if callable(one)]


def _graph(subject: Subject, one: type) -> Graph | None:
    """Finds what a class is generated from."""
    model = subject.code.job.model
    for graph in model.graphs if model else ():
        if camel_case(graph.name) == one.__name__:
            return graph
    return None


def _of_class(subject: Subject, one: type) -> Span:
    """Gives the place of a class: its block in the spec, or its first line."""
    graph = _graph(subject, one)
    if graph is not None:
        return graph.name_span
    if one.__module__ != subject.code.module:
        return subject.whole
    return subject.code.of_line(inspect.getsourcelines(one)[1])


def _of_param(subject: Subject, one: type, name: str) -> Span:
    graph = _graph(subject, one)
    if graph is None or not any(each.name == name for each in graph.params):
        return _of_class(subject, one)
    return _param_span(graph, name)


def _param_span(graph: Graph, name: str) -> Span:
    return next(one.span for one in graph.params if one.name == name)
