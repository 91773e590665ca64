"""Reading of `params`: names, each with its default or with its long form."""

from __future__ import annotations

from functools import partial

from scaffold.diagnostics import suggest
from scaffold.spec.document import Items, Node, Scalar, Table
from scaffold.spec.findings import Findings
from scaffold.spec.limits import shown
from scaffold.spec.types import Expression, Param
from scaffold.spec.values import default, is_call, string

PARAM_KEYS = ("default", "description")
"""The keys of the long form of a param: `units: {default: 64, description: ...}`."""

_OF_LIST = "write `params: [filters, {stride: 1}]`"


def read_params(
    findings: Findings, node: Node, *, of_block: bool = False
) -> tuple[Param, ...]:
    """Read `params`: a mapping, or in a block also a list of names."""
    if isinstance(node, Table):
        return _params(findings, node, of_block=of_block)
    if not of_block or not isinstance(node, Items):
        help_ = "write `params: {units: 64}`"
        if isinstance(node, Items) and (names := _bare(node)):
            # The names are known; only the defaults are missing.
            listed = ", ".join(f"{name.value}: 8" for name in names[:3])
            help_ = f"give each param a default: `params: {{{listed}}}`"
            wanted = "a mapping of names and defaults"
            findings.wrong("`params`", wanted, node, help_)
            return tuple(Param(str(name.value), None, name.span) for name in names)
        findings.unread.add("params")
        findings.wrong("`params`", "a mapping of names and defaults", node, help_)
        return ()
    params: list[Param] = []
    for item in node.items:
        if isinstance(item, Scalar) and isinstance(item.value, str):
            params.append(Param(item.value, None, item.span))
        elif isinstance(item, Table) and (name := _name_in(item)):
            message = "an item of `params` has no key `name`"
            help_ = f"use the name as the key: `{shown(str(name.value))}: "
            help_ += f"{{{', '.join(f'{key}: ...' for key in PARAM_KEYS)}}}`"
            findings.add_error("KS106", message, name.span, help_)
            params.append(Param(str(name.value), None, name.span))
        elif isinstance(item, Table):
            params.extend(_params(findings, item, of_block=True))
        else:
            wanted = "a name, or a name and its default"
            findings.wrong("an item of `params`", wanted, item, _OF_LIST)
    return tuple(params)


def _bare(node: Items) -> list[Scalar]:
    """Return the names in a list; empty if it contains anything else."""
    names = [item for item in node.items if isinstance(item, Scalar)]
    are_names = all(isinstance(name.value, str) for name in names)
    return names if are_names and len(names) == len(node.items) else []


def _name_in(item: Table) -> Scalar | None:
    """Return the value of `name` in `{name: units, default: 64}`."""
    values = {str(key.value): value for key, value in item.pairs}
    name = values.get("name")
    is_described = any(key in values for key in PARAM_KEYS)
    is_name = isinstance(name, Scalar) and isinstance(name.value, str)
    return name if is_name and is_described and isinstance(name, Scalar) else None


def _params(findings: Findings, table: Table, *, of_block: bool) -> tuple[Param, ...]:
    params = []
    for key, node in table.pairs:
        if isinstance(node, Table) and _is_long_form(node):
            params.append(_long_form(findings, key, node, of_block=of_block))
        else:
            read = findings.attempt(partial(default, node))
            params.append(Param(str(key.value), read, key.span))
    return tuple(params)


def _is_long_form(table: Table) -> bool:
    """Return whether a mapping is the long form of a param.

    A default cannot be a mapping (KS216), so a mapping with one of the keys, or with a
    misspelled one, is the long form.
    """
    keys = [str(key.value) for key, _ in table.pairs]
    if is_call(table):
        return keys[0].lower() in PARAM_KEYS
    return any(key in PARAM_KEYS or suggest(key, PARAM_KEYS) for key in keys)


def _long_form(
    findings: Findings, key: Scalar, table: Table, *, of_block: bool
) -> Param:
    name = str(key.value)
    what = f"the param `{shown(name)}`"
    count = len(findings.diagnostics)
    table = _without_cut_text(findings, table)
    keys = findings.unknown_keys(table, PARAM_KEYS, what)
    read: Expression | None = None
    if "default" in keys:
        read = findings.attempt(partial(default, keys["default"][1]))
    elif not of_block and len(findings.diagnostics) == count:
        # Otherwise, an unknown key may be meant as the default.
        message = f"{what} has no default"
        help_ = "add the key `default`: only a param of a block can be without one"
        findings.add_error("KS108", message, key.span, help_)
    description = ""
    if "description" in keys:
        description = _description(findings, keys["description"][1], what)
    return Param(name, read, key.span, description)


def _without_cut_text(findings: Findings, table: Table) -> Table:
    """Report a description in braces that YAML cuts at a comma.

    In `{default: 8, description: Width, in pixels}`, YAML reads `in pixels` as a key.
    """
    pairs, cut = [], []
    text = ""
    for key, node in table.pairs:
        is_text = isinstance(node, Scalar) and isinstance(node.value, str)
        if key.value == "description" and is_text:
            text = str(getattr(node, "value", ""))
        elif text and key.value not in PARAM_KEYS and _is_empty(node):
            cut.append(key)
            continue
        pairs.append((key, node))
    if cut:
        whole = ", ".join([text, *(str(key.value) for key in cut)])
        message = "in braces, YAML reads the text after a comma as another key"
        help_ = f'put the description in quotes: `"{shown(whole)}"`'
        findings.add_error("KS106", message, cut[0].span, help_)
    return Table(tuple(pairs), table.span)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None


def _description(findings: Findings, node: Node, what: str) -> str:
    """Read a description: a string with some visible text."""
    help_ = f"write what {what} sets, or remove the key `description`"
    if isinstance(node, Scalar) and node.value is not None:
        help_ = "put it in quotes"
    text = findings.attempt(partial(string, node, f"the description of {what}", help_))
    if text is not None and not text.strip():
        message = f"the description of {what} is empty"
        help_ = f"write what {what} sets, or remove the key `description`"
        findings.add_error("KS107", message, node.span, help_)
    return (text or "").strip()
