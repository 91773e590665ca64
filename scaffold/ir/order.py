"""Ordering of blocks: each after the blocks that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Span
from scaffold.spec import types as spec

_CALLED = re.compile(r"\b[A-Z]\w*(?=\s*\()|^\s*[A-Z]\w*(?=\s*$)")


class BlockOrder(NamedTuple):
    """Blocks in order, and the blocks that are not in it because of a cycle."""

    blocks: tuple[spec.Block, ...]
    circular: tuple[spec.Block, ...]
    diagnostics: tuple[Diagnostic, ...]


def in_order(blocks: Sequence[spec.Block]) -> BlockOrder:
    """Order the blocks so that each comes after the blocks that it uses.

    Args:
        blocks: The blocks of a spec; of several with the same name, the first counts.
    """
    by_name: dict[str, spec.Block] = {}
    for block in blocks:
        by_name.setdefault(block.name, block)
    uses = {
        name: {
            call.name: call.name_span
            for entry in block.layers
            for call in calls(entry)
            if call.name in by_name
        }
        for name, block in by_name.items()
    }
    users: dict[str, list[str]] = {name: [] for name in uses}
    for name, used in uses.items():
        for part in used:
            users[part].append(name)
    missing = {name: len(used) for name, used in uses.items()}
    positions = {name: number for number, name in enumerate(uses)}
    # Kahn's algorithm; of the blocks that are ready, the first in the spec is next.
    ready = [(positions[name], name) for name, count in missing.items() if not count]
    done = []
    while ready:
        _, name = heappop(ready)
        done.append(name)
        for user in users[name]:
            missing[user] -= 1
            if not missing[user]:
                heappush(ready, (positions[user], user))
    ordered = set(done)
    left = {name: used for name, used in uses.items() if name not in ordered}
    diagnostics = tuple(_cycle(name, uses, left) for name in _first_of_cycles(left))
    return BlockOrder(
        tuple(by_name[name] for name in done),
        tuple(by_name[name] for name in left),
        diagnostics,
    )


def _first_of_cycles(left: dict[str, dict[str, Span]]) -> Iterator[str]:
    """Return one block of each cycle; a block that only uses a cycle is not in it."""
    seen: set[str] = set()
    for name in left:
        if name in seen:
            continue
        path = _path_back(name, left)
        if path:
            seen.update(path)
            yield name


def _path_back(start: str, left: dict[str, dict[str, Span]]) -> list[str]:
    """Return the shortest path from a block back to itself, if there is one."""
    before: dict[str, str] = {}
    wave = [start]
    while wave:
        following = []
        for name in wave:
            for used in left[name]:
                if used == start:
                    path = [name]
                    while path[-1] != start:
                        path.append(before[path[-1]])
                    return path[::-1]
                if used in left and used not in before:
                    before[used] = name
                    following.append(used)
        wave = following
    return []


def _cycle(
    name: str, uses: dict[str, dict[str, Span]], left: dict[str, dict[str, Span]]
) -> Diagnostic:
    path = [*_path_back(name, left), name]
    shown = " uses ".join(f"`{block}`" for block in path)
    message = f"blocks use each other in a cycle: {shown}"
    help_ = "remove one of these uses; to share weights, use `reuse`"
    return Diagnostic("KS308", message, uses[path[0]][path[1]], help_)


def calls(entry: spec.Entry) -> Iterator[spec.Call]:
    """Return every call of an entry, including calls inside arguments."""
    stack: list[spec.Expression] = [entry.call]
    if entry.otherwise is not None:
        stack.append(entry.otherwise)
    if entry.loop is not None:
        stack += [value for row in entry.loop.iterations for value in row]
    while stack:
        match stack.pop():
            case spec.Call() as call:
                yield call
                stack += [argument.value for argument in call.arguments]
            case spec.Sequence() as expression:
                stack += expression.items
            case spec.Mapping() as expression:
                stack += [part for pair in expression.pairs for part in pair]
            case spec.OperationExpression() as expression:
                stack += expression.operands
            case spec.Literal(value=str() as text, span=span):
                # A string may be a call: `layer: "Encoder(3)"`.
                for name in _CALLED.findall(text):
                    yield spec.Call(name, (), span, span)
