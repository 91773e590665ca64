"""Detection of the intended meaning of malformed entries.

Used only if an entry does not name a layer or cannot be read.
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
"""Keys under which other formats name a layer; `name` is also a key of an entry."""
_HOLDERS = ("config", "args", "arguments", "kwargs", "params", "parameters", "options")
"""Keys under which other formats hold the arguments of a layer."""
_SOURCES = ("input", "inputs")
_IDENTIFIER = re.compile(r"[A-Za-z]\w*")
_CALL = re.compile(r"\s*[A-Z]\w*\s*\(.*\)\s*", re.DOTALL)
_ENTRY = re.compile(r"[ ]*()(?=(?:[A-Za-z_]\w*\s*=\s*)?[A-Z]\w*\s*(?:\(|<-|$))")
"""The start of a line that is a complete entry."""
_BULLETED = re.compile(rf"[ ]*({BULLET})(?=[A-Za-z])")
_LONGEST = 200
"""The maximum length of a line in a help."""


class IntendedEntry(NamedTuple):
    """The intended meaning of an entry.

    Attributes:
        fault: The finding about it.
        entries: The entries to use in its place; empty if its layer is not known.
    """

    fault: Diagnostic
    entries: tuple[Node, ...]


def intended_entry(node: Node) -> IntendedEntry | None:
    """Return the intended meaning of an entry, `None` if it is not known.

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
    value = keys[tag][1]
    siblings = [pair for pair in table.pairs if pair[0].value != tag]
    if isinstance(value, Scalar) and _CALL.fullmatch(str(value.value)):
        if siblings:
            return None
        help_ = f"write `{shown(str(value.value).strip())}`"
        return IntendedEntry(Diagnostic("KS106", message, table.span, help_), (value,))
    if isinstance(value, Table):
        siblings += [(Scalar("config", value.span), value.pairs[0][1])]
    entry = _entry(called, siblings, table.span)
    text = value.value if isinstance(value, Scalar) else called.value
    is_known = str(text).endswith(str(called.value))
    if tag == "name" and not is_known:
        return None
    help_ = f"write `{_cut(node_text.entry(entry), called)}`"
    fault = Diagnostic("KS106", message, table.span, help_)
    return IntendedEntry(fault, (entry,) if is_known else ())


def _called(node: Node) -> Scalar | None:
    """Return the key for a layer whose name is given as a value."""
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
    return Scalar(_camel_case(name), node.span) if _IDENTIFIER.fullmatch(name) else None


def _camel_case(name: str) -> str:
    """Convert `dense` and `max_pooling2d` to class names."""
    parts = (part[:1].upper() + part[1:] for part in name.split("_"))
    return re.sub(r"(\d)d$", r"\1D", "".join(parts))


def _entry(key: Scalar, pairs: list[Pair], span: Span) -> Table:
    """Build an entry from a layer's name and the pairs beside it."""
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
"""The maximum number of layers of one entry that are read and listed."""


def _cut(text: str, key: Scalar) -> str:
    """Omit the arguments if they are too long for a message."""
    return text if len(text) <= _LONGEST else f"{key.value}: {{...}}"


def _several(table: Table, names: list[Scalar]) -> IntendedEntry:
    """Read several layers after one dash."""
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
        help_ += f", and add `- ` before {listed}" if listed else ""
    else:
        shown_all = ", ".join(f"`{shown(str(key.value))}`" for key in names)
        message = f"this entry names more than one layer: {shown_all}"
        texts = " and ".join(
            f"`{_cut(_in_braces(entry), second)}`" for entry in entries
        )
        help_ = "write a separate entry for each" + (f": {texts}" if texts else "")
    return IntendedEntry(
        Diagnostic("KS112", message, second.span, help_), tuple(entries)
    )


def _in_braces(entry: Table) -> str:
    text = node_text.entry(entry)
    return text if text.startswith("{") else f"{{{text}}}"


def _begins_line(key: Scalar) -> bool:
    """Return whether a YAML key is the first text on its line."""
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
    unknown = [pair for pair in table.pairs if pair[0] is not key and pair not in known]
    if not unknown or any(suggest(str(name.value), SIBLINGS) for name, _ in unknown):
        return None
    if meant := _elsewhere(table, unknown):
        return meant
    listed = " and ".join(f"`{shown(str(name.value))}`" for name, _ in unknown[:3])
    layer = shown(str(key.value))
    first = unknown[0][0]
    verb, keys = "is an argument", "a key"
    if len(unknown) > 1:
        verb, keys = "are arguments", "keys"
    message = f"{listed} {verb} of `{layer}`, not {keys} of an entry"
    is_empty = isinstance(value, Scalar) and value.value is None
    if is_empty or (isinstance(value, Table) and not is_call(value)):
        inner = value.pairs if isinstance(value, Table) else ()
        entry = _entry(key, [*inner, *unknown, *known], table.span)
        help_ = f"write `{_cut(node_text.entry(entry), key)}`"
        if is_empty and _begins_line(first):
            pronoun = "them" if len(unknown) > 1 else "it"
            help_ = f"indent {pronoun} further than `{layer}`"
        return IntendedEntry(Diagnostic("KS106", message, first.span, help_), (entry,))
    around = _around(known)
    if around is None:
        return None
    values = value.items if isinstance(value, Items) else (value,)
    arguments = [("", argument) for argument in values]
    arguments += [(str(name.value), argument) for name, argument in unknown]
    text = "".join((around[0], node_text.line(key, arguments), around[1]))
    entries = (Scalar(text, table.span),)
    return IntendedEntry(
        Diagnostic("KS106", message, first.span, f"write `{_cut(text, key)}`"), entries
    )


def _elsewhere(table: Table, unknown: list[Pair]) -> IntendedEntry | None:
    """Read keys of another format, or of the spec, beside a layer."""
    name, value = unknown[0]
    remaining = [pair for pair in table.pairs if pair[0] is not name]
    if name.value in _SOURCES and all(key.value != "from" for key, _ in remaining):
        message = f"an entry names its inputs with `from`, not `{name.value}`"
        help_ = f"write `from: {_cut(node_text.written(value), name)}`"
        remaining.append((Scalar("from", name.span), value))
    elif name.value in SECTIONS and _begins_line(name):
        message = f"`{name.value}` is a key of the spec, not of an entry"
        help_ = "write it without indentation"
    else:
        return None
    entry = Table(tuple(remaining), table.span)
    return IntendedEntry(Diagnostic("KS106", message, name.span, help_), (entry,))


def _swallowing(node: Scalar) -> IntendedEntry | None:
    """Read lines meant as entries that YAML joined to the entry before them."""
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
    help_ = f"indent it like that entry, and start it with `- `: `- {bare}`"
    if len(cuts) > 1:
        help_ += "; do the same with each line below it"
    if not re.search(r"-\s+$", raw.text[: raw.start]):
        help_ = "write a comma before it"
    span = Lines(raw.text, node.span.path).span(begin, end)
    message = "YAML reads this line as part of the entry before it"
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
    """Write `name` and `from` in line notation, `None` if there are other keys."""
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
