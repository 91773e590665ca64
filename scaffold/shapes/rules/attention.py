"""Attention."""

from __future__ import annotations

from scaffold.ir.fold import Unknown
from scaffold.shapes.rules.types import Rule
from scaffold.shapes.types import Call, Gave


def _attention(call: Call) -> Gave:
    _without_scores(call)
    *others, _ = call.tensor("query", 0)
    return ((*others, call.tensor("value", 1)[-1]),)


def _of_heads(call: Call) -> Gave:
    _without_scores(call)
    query = call.tensor("query", 0)
    wanted = call.of("output_shape") if _has(call, "output_shape") else None
    if wanted is None:
        return (query,)
    sizes = wanted if isinstance(wanted, list | tuple) else [wanted]
    return ((*query[:-1], *sizes),)


def _without_scores(call: Call) -> None:
    if "return_attention_scores" in call.constants:
        raise Unknown


def _has(call: Call, name: str) -> bool:
    return any(one.name == name for one in call.target.arguments)


ATTENTION: dict[str, Rule] = {
    **dict.fromkeys(("AdditiveAttention", "Attention"), _attention),
    **dict.fromkeys(("GroupQueryAttention", "MultiHeadAttention"), _of_heads),
}
"""The rules for attention."""
