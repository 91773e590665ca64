"""Entries whose keys are not those of an entry, and what they were meant as.

Looked at only where an entry names no layer, or cannot be read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Span, suggest
from scaffold.spec import node_text
from scaffold.spec.document import CALLABLE, Items, Node, Scalar, Table
from scaffold.spec.keyed import SIBLINGS, names_layer
from scaffold.spec.keys import SECTIONS
from scaffold.spec.limits import shown
from scaffold.spec.line import BULLET
from scaffold.spec.places import Lines
from scaffold.spec.values import Pair, is_call

_TAGS = (
    *("class_name", "class", "layer_class", "layer_type", "type", "layer"),
    *("kind", "op", "module", "name"),
)
"""Keys under which other formats name a layer; `name` is an entry's own as well."""
_HOLDERS = ("config", "args", "arguments", "kwargs", "params", "parameters", "options")
"""Keys under which other formats keep the arguments of a layer."""
_SOURCES = ("input", "inputs")
_WORD = re.compile(r"[A-Za-z]\w*")
_CALL = re.compile(r"\s*[A-Z]\w*\s*\(.*\)\s*", re.DOTALL)
_ENTRY = re.compile(r"[ ]*()(?=(?:[A-Za-z_]\w*\s*=\s*)?[A-Z]\w*\s*(?:\(|<-|$))")
"""The beginning of a line that is an entry by itself."""
_BULLETED = re.compile(rf"[ ]*({BULLET})(?=[A-Za-z])")
_LONGEST = 200
"""The most characters of a line in a help."""


class IntendedEntry(NamedTuple):
    """What an entry was meant as.

    Attributes:
        fault: The finding about it.
        entries: What stands for it from here on; none where its layer is not known.
    """

    fault: Diagnostic
    entries: tuple[Node, ...]


def meant_by(node: Node) -> IntendedEntry | None:
    """Find what an entry was meant as, `None` where that is not known.

    Args:
        node: The entry.
    """
    if isinstance(node, Scalar):
        return _swallowing(node)
    return _of_keys(node) if isinstance(node, Table) else None


def _of_keys(table: Table) -> IntendedEntry | None:
    if not names_layer(table):
        return _tagged(table)
    names = [key for key, _ in table.pairs if CALLABLE.fullmatch(str(key.value))]
    return _several(table, names) if len(names) > 1 else _beside(table, names[0])


def _tagged(table: Table) -> IntendedEntry | None:
    """Read `{type: Dense, units: 3}`."""
    keys = {str(key.value): (key, value) for key, value in table.pairs}
    tag = next((known for known in _TAGS if known in keys), "")
    called = _called(keys[tag][1]) if tag else None
    if called is None:
        return None
    message = f"a layer's name is the key of its entry, not the value of `{tag}`"
    value, rest = keys[tag][1], [pair for pair in table.pairs if pair[0].value != tag]
    if isinstance(value, Scalar) and _CALL.fullmatch(str(value.value)):
        if rest:
            return None
        help_ = f"write `{shown(str(value.value).strip())}`"
        return IntendedEntry(Diagnostic("KS106", message, table.span, help_), (value,))
    if isinstance(value, Table):
        rest += [(Scalar("config", value.span), value.pairs[0][1])]
    entry = _entry(called, rest, table.span)
    text = value.value if isinstance(value, Scalar) else called.value
    is_known = str(text).endswith(str(called.value))
    if tag == "name" and not is_known:
        return None
    help_ = f"write `{_cut(node_text.entry(entry), called)}`"
    fault = Diagnostic("KS106", message, table.span, help_)
    return IntendedEntry(fault, (entry,) if is_known else ())


def _called(node: Node) -> Scalar | None:
    """Return the key that a layer goes by, whose name is a value."""
    if isinstance(node, Table):
        return node.pairs[0][0] if is_call(node) else None
    text = node.value if isinstance(node, Scalar) else None
    if not isinstance(text, str):
        return None
    name = text.strip().split("(")[0].removeprefix("keras.")
    if not name.startswith("ops."):
        name = name.rpartition(".")[2]
    if CALLABLE.fullmatch(name):
        return Scalar(name, node.span)
    return Scalar(_camel_case(name), node.span) if _WORD.fullmatch(name) else None


def _camel_case(name: str) -> str:
    """Write `dense` and `max_pooling2d` as classes are called."""
    parts = (part[:1].upper() + part[1:] for part in name.split("_"))
    return re.sub(r"(\d)d$", r"\1D", "".join(parts))


def _entry(key: Scalar, pairs: list[Pair], span: Span) -> Table:
    """Make an entry of a layer and of all that stands beside its name."""
    arguments: list[Pair] = []
    siblings: list[Pair] = []
    value: Node | None = None
    for name, node in pairs:
        if name.value in SIBLINGS:
            siblings.append((name, node))
        elif name.value in _SOURCES:
            siblings.append((Scalar("from", name.span), node))
        elif name.value in _HOLDERS and isinstance(node, Table) and not is_call(node):
            arguments += node.pairs
        elif name.value in _HOLDERS:
            value = node
        else:
            arguments.append((name, node))
    if value is None or arguments:
        value = Table(tuple(arguments), span) if arguments else Scalar(None, span)
    return Table(((key, value), *siblings), span)


_MOST_LAYERS = 20
"""So many layers of one entry are read as entries, and named."""


def _cut(text: str, key: Scalar) -> str:
    """Leave the arguments out where they are too long for a message."""
    return text if len(text) <= _LONGEST else f"{key.value}: {{...}}"


def _several(table: Table, names: list[Scalar]) -> IntendedEntry:
    """Read several layers below one dash."""
    pieces: list[list[Pair]] = [[]]
    nexts = {id(name) for name in names[1:]}
    for key, value in table.pairs:
        pieces += [[]] if id(key) in nexts else []
        pieces[-1].append((key, value))
    entries = [Table(tuple(piece), table.span) for piece in pieces]
    if len(names) > _MOST_LAYERS:
        names, entries = names[:_MOST_LAYERS], []
    _, second, *more = names
    listed = ", ".join(f"`{shown(str(key.value))}`" for key in more)
    if _begins_line(second):
        message = "`- ` is missing before this entry"
        help_ = f"write `- {shown(_rest_of_line(second))}`"
        help_ += f", and `- ` before {listed} as well" if listed else ""
    else:
        shown_all = ", ".join(f"`{shown(str(key.value))}`" for key in names)
        message = f"this entry names more than one layer: {shown_all}"
        each = " and ".join(f"`{_cut(_in_braces(entry), second)}`" for entry in entries)
        help_ = "give each an entry of its own" + (f": {each}" if each else "")
    return IntendedEntry(
        Diagnostic("KS112", message, second.span, help_), tuple(entries)
    )


def _in_braces(entry: Table) -> str:
    text = node_text.entry(entry)
    return text if text.startswith("{") else f"{{{text}}}"


def _begins_line(key: Scalar) -> bool:
    """Return whether a key of YAML is the first in its line."""
    raw = key.raw
    if raw is None or raw.quote:
        return False
    return not raw.text[raw.text.rfind("\n", 0, raw.start) + 1 : raw.start].strip()


def _rest_of_line(key: Scalar) -> str:
    raw = key.raw
    assert raw is not None
    return raw.text[raw.start :].splitlines()[0].rstrip()


def _beside(table: Table, key: Scalar) -> IntendedEntry | None:
    """Read `{Dense: 3, activation: relu}`: arguments beside the layer's name."""
    value = next(node for name, node in table.pairs if name is key)
    known = [pair for pair in table.pairs if pair[0].value in SIBLINGS]
    others = [pair for pair in table.pairs if pair[0] is not key and pair not in known]
    if not others or any(suggest(str(name.value), SIBLINGS) for name, _ in others):
        return None
    if meant := _elsewhere(table, others):
        return meant
    listed = " and ".join(f"`{shown(str(name.value))}`" for name, _ in others[:3])
    layer = shown(str(key.value))
    first = others[0][0]
    verb = "are arguments" if len(others) > 1 else "is an argument"
    message = f"{listed} {verb} of `{layer}`, and no key of an entry"
    is_empty = isinstance(value, Scalar) and value.value is None
    if is_empty or (isinstance(value, Table) and not is_call(value)):
        inner = value.pairs if isinstance(value, Table) else ()
        entry = _entry(key, [*inner, *others, *known], table.span)
        help_ = f"write `{_cut(node_text.entry(entry), key)}`"
        if is_empty and _begins_line(first):
            pronoun = "them" if len(others) > 1 else "it"
            help_ = f"indent {pronoun} further than `{layer}`"
        return IntendedEntry(Diagnostic("KS106", message, first.span, help_), (entry,))
    around = _around(known)
    if around is None:
        return None
    values = value.items if isinstance(value, Items) else (value,)
    arguments = [("", argument) for argument in values]
    arguments += [(str(name.value), argument) for name, argument in others]
    text = "".join((around[0], node_text.line(key, arguments), around[1]))
    entries = (Scalar(text, table.span),)
    return IntendedEntry(
        Diagnostic("KS106", message, first.span, f"write `{_cut(text, key)}`"), entries
    )


def _elsewhere(table: Table, others: list[Pair]) -> IntendedEntry | None:
    """Read keys beside a layer that are neither its arguments nor an entry's keys."""
    name, value = others[0]
    rest = [pair for pair in table.pairs if pair[0] is not name]
    if name.value in _SOURCES and all(key.value != "from" for key, _ in rest):
        message = f"`from` says what an entry is called on, and not `{name.value}`"
        help_ = f"write `from: {_cut(node_text.written(value), name)}`"
        rest.append((Scalar("from", name.span), value))
    elif name.value in SECTIONS and _begins_line(name):
        message = f"`{name.value}` is a key of the spec, and no key of an entry"
        help_ = "indent it by no spaces"
    else:
        return None
    entry = Table(tuple(rest), table.span)
    return IntendedEntry(Diagnostic("KS106", message, name.span, help_), (entry,))


def _swallowing(node: Scalar) -> IntendedEntry | None:
    """Read lines that were meant as entries, and go on with the one before."""
    raw = node.raw
    if raw is None or raw.quote or len(raw.lines) == 1:
        return None
    cuts: list[re.Match[str]] = []
    for start, end in zip(raw.lines[1:], [*raw.lines[2:], raw.end], strict=True):
        line = _BULLETED.match(raw.text, start, end)
        if line is None and _is_whole(raw.text[raw.start : start]):
            line = _ENTRY.match(raw.text, start, end)
        cuts += [line] if line is not None else []
    if not cuts:
        return None
    begin, end = cuts[0].start(1), raw.text.find("\n", cuts[0].end(), raw.end)
    end = raw.end if end < 0 else end
    bare = raw.text[cuts[0].end() : end].rstrip()
    help_ = f"indent it like that entry, and begin it with `- `: `- {bare}`"
    if len(cuts) > 1:
        help_ += "; each line below it as well"
    if not re.search(r"-\s+$", raw.text[: raw.start]):
        help_ = "write a comma before it"
    span = Lines(raw.text, node.span.path).span(begin, end)
    message = "YAML adds this line to the entry before it"
    starts = [raw.start, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), raw.end]
    pieces = (raw.text[start:end] for start, end in zip(starts, ends, strict=True))
    entries = tuple(Scalar(" ".join(piece.split()), node.span) for piece in pieces)
    return IntendedEntry(Diagnostic("KS110", message, span, help_), entries)


def _is_whole(text: str) -> bool:
    """Return whether all brackets of a text are closed."""
    opened = sum(map(text.count, "([{"))
    return opened == sum(map(text.count, ")]}")) and not text.rstrip().endswith(",")


def _around(siblings: list[Pair]) -> tuple[str, str] | None:
    """Write `name` and `from` as a line has them, `None` where there is more."""
    before = after = ""
    for key, node in siblings:
        items = node.items if isinstance(node, Items) else (node,)
        names = [item.value for item in items if isinstance(item, Scalar)]
        texts = [name for name in names if isinstance(name, str)]
        if key.value not in ("name", "from") or len(texts) != len(items):
            return None
        if key.value == "from":
            after = f" <- {', '.join(texts)}"
        else:
            before = f"{', '.join(texts)} = "
    return before, after
