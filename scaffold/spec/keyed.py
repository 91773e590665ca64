"""Reading of keyed notation: entries as mappings."""

from __future__ import annotations

import re

from scaffold.catalogue.facts import examples
from scaffold.diagnostics import Diagnostic, Refused, did_you_mean, suggest
from scaffold.spec import node_text
from scaffold.spec.document import CALLABLE, Items, Node, Scalar, Table
from scaffold.spec.limits import MOST_FINDINGS, shown
from scaffold.spec.loops import make_loop
from scaffold.spec.sources import read_sources
from scaffold.spec.types import (
    Call,
    CallArgument,
    Entry,
    ForClause,
    FromItem,
    Name,
    ReferenceList,
    Sequence,
    TensorReference,
)
from scaffold.spec.values import Pair, call, expression, keywords, string, wrong

_STATEMENT = re.compile(r"(if|elif|for|while|with|def|class)\s.|else$|try$")
_GLUED = re.compile(r"([A-Z]\w*):\{")
_NAMED = re.compile(r"\s*[A-Z]\w*\s*(\(.*\))?\s*(<-.*)?", re.DOTALL)
SIBLINGS = ("name", "from", "call", "repeat", "for", "if", "else")
"""The keys allowed in an entry beside the key that names its layer."""
_NEVER_ARGUMENTS = ("from", "call", "repeat", "for", "if", "else")
"""Keys of an entry that are not an argument of any layer."""

_MOST_VALUES = 8
"""The most values of a loop in a help."""


def parse_keyed(table: Table) -> Entry:
    """Read an entry in keyed notation.

    Args:
        table: The entry's node.

    Raises:
        Refused: The entry names no callable or several, or has an unknown key.
    """
    siblings = {str(k.value): v for k, v in table.pairs if k.value in SIBLINGS}
    if is_cut(table):
        raise Refused(_cut(*table.pairs[0]))
    key, value = _callable(table)
    _check_depth(key, value)
    if isinstance(value, Items) and any(map(_may_be_named, value.items)):
        # Imported only in this rare case, to keep start-up fast.
        from scaffold.spec.list_arguments import named_in_list

        if fault := named_in_list(key, value):
            raise Refused(fault)
    name, repeat, loop = (
        siblings.get(sibling) for sibling in ("name", "repeat", "for")
    )
    condition, otherwise = siblings.get("if"), siblings.get("else")
    _check_siblings(table)
    return Entry(
        call=_reuse(key, value) if key.value == "reuse" else call(key, value),
        span=key.span,
        name=name and string(name, "`name`", "put it in quotes"),
        name_span=name and name.span,
        sources=_sources(siblings.get("from"), siblings.get("call")),
        repeat=repeat and expression(repeat),
        loop=loop and _loop(loop),
        condition=condition and expression(condition),
        otherwise=otherwise and _otherwise(otherwise),
    )


def names_layer(table: Table) -> bool:
    """Return whether a key of an entry is the name of a layer."""
    return any(CALLABLE.fullmatch(str(key.value)) for key, _ in table.pairs)


def is_cut(table: Table) -> bool:
    """Return whether a mapping is a line of code that YAML split at its colon."""
    if len(table.pairs) != 1:
        return False
    key = str(table.pairs[0][0].value)
    is_open = key.count("[") > key.count("]") or key.count("{") > key.count("}")
    return is_statement(key) or "(" in key or is_open


def is_statement(key: str) -> bool:
    """Return whether a key is the head of a Python statement: `if training:`."""
    return _STATEMENT.match(key) is not None


def _cut(key: Scalar, value: Node) -> Diagnostic:
    """Return the finding about a line that YAML split at its colon."""
    text = str(key.value)
    if is_statement(text):
        message = "this is a Python statement, but an entry must be one layer"
        help_ = f"write only the layers, one per line: `- {examples.LAYER}`"
        return Diagnostic("KS110", message, key.span, help_)
    if glued := _GLUED.match(text):
        message = f"a space is missing after `{glued[1]}:`"
        help_ = f"write `{glued[1]}: {{...}}`, with a space after the colon"
        return Diagnostic("KS110", message, key.span, help_)
    message = "YAML reads the `: ` in this line as the end of a key"
    if text.count("(") == text.count(")"):
        if isinstance(value, Table) and (whole := _with_arguments(text, value)):
            message = "an entry in line notation cannot have arguments below it"
            return Diagnostic("KS110", message, key.span, f"write `{whole}`")
        help_ = f"write the arguments in the parentheses: `{examples.LAYER_WITH_FLAG}`"
        return Diagnostic("KS110", message, key.span, help_)
    help_ = "write `=` before the value of an argument: "
    help_ += f"`{examples.LAYER_WITH_FLAG}`"
    if "{" in text or "lambda" in text:
        help_ = f"put the whole line in quotes: `- '{examples.LAYER}'`"
    return Diagnostic("KS110", message, key.span, help_)


def _may_be_named(item: Node) -> bool:
    """Return whether an item of a list may be a keyword argument."""
    return isinstance(item, Table) or "=" in str(getattr(item, "value", ""))


def _with_arguments(line: str, arguments: Table) -> str:
    """Write an entry with the arguments below it, `""` if that is not possible."""
    match = re.fullmatch(r"(.*?\w)\s*\((.*)\)\s*", line)
    if match is None or any(key.value in SIBLINGS for key, _ in arguments.pairs):
        return ""
    pairs = [(str(key.value), value) for key, value in arguments.pairs]
    more = node_text.line(Scalar("", arguments.span), pairs)[1:]
    return f"{match[1]}({match[2]}{', ' if match[2].strip() else ''}{more}"


def _check_depth(key: Scalar, value: Node) -> None:
    """Reject keys of the entry among the arguments of its layer."""
    arguments = (
        [argument for argument, _ in value.pairs] if isinstance(value, Table) else []
    )
    layer = shown(str(key.value))
    diagnostics = []
    for argument in arguments:
        if argument.value in _NEVER_ARGUMENTS:
            message = f"`{argument.value}` is a key of the entry, not an argument of "
            message += f"`{layer}`"
            help_ = f"indent `{argument.value}` like `{layer}`"
            if key.span.line == argument.span.line:
                help_ = f"write `{argument.value}` on its own line, indented like "
                help_ += f"`{layer}`"
            diagnostics.append(Diagnostic("KS110", message, argument.span, help_))
    if diagnostics:
        raise Refused(*diagnostics)


def _check_siblings(table: Table) -> None:
    """Reject keys that cannot be combined."""
    keys = {str(key.value): key for key, _ in table.pairs}
    several = [keys[name] for name in ("repeat", "for", "if") if name in keys]
    if len(several) > 1:
        message = "an entry can have only one of `repeat`, `for` and `if`"
        help_ = "move the inner one into a block"
        raise Refused(Diagnostic("KS110", message, several[1].span, help_))
    if "else" in keys and "if" not in keys:
        help_ = "add `if: $wide` to the entry"
        message = "`else` without `if`"
        raise Refused(Diagnostic("KS110", message, keys["else"].span, help_))


def _callable(table: Table) -> Pair:
    """Return the key that names the callable, and its value."""
    candidates = [pair for pair in table.pairs if pair[0].value not in SIBLINGS]
    callables = [pair for pair in candidates if CALLABLE.fullmatch(str(pair[0].value))]
    unknown = [key for key, _ in candidates if not CALLABLE.fullmatch(str(key.value))]
    is_first = bool(candidates) and isinstance(candidates[0][1], Table)
    if not callables and (len(candidates) == 1 or is_first):
        name, value = candidates[0]
        if _is_named(candidates[0]):
            message = f"`{shown(str(name.value))}` is not a layer"
            assert isinstance(value, Scalar)
            help_ = f"write `{name.value} = {str(value.value).strip()}`"
            raise Refused(Diagnostic("KS112", message, name.span, help_))
        # `dense: 8` is a misspelled name: the lookup suggests the right one.
        return candidates[0]
    if unknown:
        raise Refused(*map(_unknown, unknown[:MOST_FINDINGS]))
    if len(callables) != 1:
        # If there are several, `intended_entries` explains what is missing.
        line = f"- {examples.KEYED_LAYER}"
        help_ = f"write one layer per entry, each after `- `: `{line}`"
        message = "this entry does not name a layer"
        raise Refused(Diagnostic("KS112", message, table.span, help_))
    return callables[0]


def _is_named(pair: Pair) -> bool:
    """Return whether a pair is an entry whose key is its name: `x: Dense(8)`."""
    key, value = pair
    text = value.value if isinstance(value, Scalar) else None
    is_name = str(key.value).isidentifier() and str(key.value).islower()
    return is_name and isinstance(text, str) and bool(_NAMED.fullmatch(text))


def _unknown(key: Scalar) -> Diagnostic:
    near = suggest(str(key.value), SIBLINGS)[:1]
    help_ = did_you_mean(near) or f"known: {', '.join(SIBLINGS)}"
    message = f"an entry has no key `{shown(str(key.value))}`"
    return Diagnostic("KS106", message, key.span, help_)


def _reuse(key: Scalar, value: Node) -> Call:
    name = string(value, "`reuse`", "write `reuse: encoder`")
    argument = CallArgument(None, Name(name, value.span), value.span)
    return Call("reuse", (argument,), key.span, key.span)


def _sources(
    sources: Node | None, constants: Node | None
) -> tuple[FromItem, ...] | None:
    """Read `from` and `call`, in that order."""
    if sources is None and constants is None:
        return None
    parsed: list[FromItem] = []
    if isinstance(sources, Table):
        parsed += [_source(key, value) for key, value in sources.pairs]
    elif sources is not None:
        parsed += _references(sources)
    if isinstance(constants, Table):
        parsed += [
            FromItem(argument.keyword, argument.value, argument.span)
            for argument in keywords(constants)
        ]
    elif constants is not None:
        help_ = "write `call: {use_causal_mask: true}`"
        raise wrong("`call`", "a mapping of call arguments", constants, help_)
    return tuple(parsed)


def _source(key: Scalar, value: Node) -> FromItem:
    """Read one call argument: a name, or a list of names as one argument."""
    sources = _references(value)
    if isinstance(value, Items):
        items = tuple(
            source.value
            for source in sources
            if isinstance(source.value, TensorReference)
        )
        return FromItem(str(key.value), ReferenceList(items, value.span), key.span)
    if len(sources) != 1:
        help_ = "write a list of names: `[a, b]`"
        message = "this argument must be one name, not several"
        raise Refused(Diagnostic("KS110", message, value.span, help_))
    return FromItem(str(key.value), sources[0].value, key.span)


def _references(node: Node) -> tuple[FromItem, ...]:
    if isinstance(node, Items):
        return tuple(source for item in node.items for source in _references(item))
    help_ = "write the name of an entry, or a list of names"
    return read_sources(node, "`from`", help_)


def _loop(node: Node) -> ForClause:
    """Read `{f: [64, 128], s: [1, 2]}`: one list of values for each name."""
    help_ = "write `for: {filters: [64, 128]}`: one list of values for each name"
    if not isinstance(node, Table) or not node.pairs:
        raise wrong("`for`", "a mapping of names and lists", node, help_)
    columns = []
    for key, value in node.pairs:
        if not isinstance(value, Items):
            help_ = _of_range(key, value) or help_
            raise wrong(f"`{shown(str(key.value))}`", "a list", value, help_)
        columns.append(tuple(map(expression, value.items)))
    if len({len(column) for column in columns}) > 1:
        message = "the lists of `for` must have the same length"
        raise Refused(Diagnostic("KS110", message, node.span, help_))
    names = tuple(Name(str(key.value), key.span) for key, _ in node.pairs)
    if len(names) == 1:
        return make_loop(names, Sequence(columns[0], node.span), node.span)
    iterations = tuple(
        Sequence(values, node.span) for values in zip(*columns, strict=True)
    )
    return make_loop(names, Sequence(iterations, node.span), node.span)


def _of_range(key: Scalar, value: Node) -> str:
    """Return the help for `{i: range(3)}` or `{i: 3}`, `""` for anything else."""
    text = str(value.value) if isinstance(value, Scalar) else ""
    match = re.fullmatch(r"(?:range\(\s*)?([1-9][0-9]?)(?:\s*\))?", text)
    if match is None:
        return ""
    values = [*range(int(match[1]))]
    help_ = f"write `repeat: {match[1]}` instead of `for`"
    if len(values) > _MOST_VALUES:
        return help_
    name = shown(str(key.value))
    return f"{help_}, or `for: {{{name}: {values}}}` if the layer uses `{name}`"


def _otherwise(node: Node) -> Call:
    if isinstance(node, Table) and len(node.pairs) == 1:
        return call(*node.pairs[0])
    raise wrong("`else`", "one layer", node, f"write `else: {examples.KEYED_NOTHING}`")
