"""Trees to learn from: random ones, and boolean expressions with what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

FALSE, TRUE, NOT, AND, OR, XOR = range(1, 7)
"""The tokens of a boolean expression; 0 stands for padding."""


class Tree(NamedTuple):
    """A tree, its children before their parents: the root comes last.

    Attributes:
        tokens: What each node is.
        children: The places of each node's children.
    """

    tokens: list[int]
    children: list[list[int]]


def random_tree(size: int, arity: int, random: np.random.Generator) -> Tree:
    """Makes a tree of a size; a node has at most so many children."""
    tokens, children = [], []
    roots: list[int] = []
    for place in range(size):
        left = size - 1 - place
        # What is left over must still come together in one root.
        least = max(0, len(roots) - left * (arity - 1)) if left else len(roots)
        most = min(arity, len(roots))
        least = min(least, most)
        count = int(random.integers(least, most + 1))
        taken = sorted(random.choice(len(roots), count, replace=False), reverse=True)
        children.append([roots.pop(item) for item in taken])
        roots.append(place)
        tokens.append(int(random.integers(1, 7)))
    return Tree(tokens, children)


def expression(depth: int, random: np.random.Generator) -> Tree:
    """Makes a boolean expression of a depth of at most so many operators."""
    tokens: list[int] = []
    children: list[list[int]] = []

    def grow(left: int) -> int:
        if left == 0 or random.random() < 0.1:
            below, token = [], int(random.choice([FALSE, TRUE]))
        else:
            token = int(random.choice([NOT, AND, OR, XOR]))
            below = [grow(left - 1) for _ in range(1 if token == NOT else 2)]
        tokens.append(token)
        children.append(below)
        return len(tokens) - 1

    grow(depth)
    return Tree(tokens, children)


def value_of(tree: Tree) -> int:
    """Works a boolean expression out."""
    known: list[bool] = []
    for token, places in zip(tree.tokens, tree.children, strict=True):
        below = [known[place] for place in places]
        match token:
            case 1 | 2:
                known.append(token == TRUE)
            case 3:
                known.append(not below[0])
            case 4:
                known.append(below[0] and below[1])
            case 5:
                known.append(below[0] or below[1])
            case _:
                known.append(below[0] != below[1])
    return int(known[-1])


def batch_of(trees: Sequence[Tree], arity: int, nodes: int = 0) -> dict[str, Any]:
    """Puts trees into one batch, padded in front: the root comes last.

    Args:
        trees: The trees.
        arity: How many children a node has at most.
        nodes: The nodes of each, padding included; by default those of the largest.
    """
    most = nodes or max(len(tree.tokens) for tree in trees)
    tokens = np.zeros((len(trees), most), "int32")
    children = np.full((len(trees), most, arity), -1, "int32")
    for number, tree in enumerate(trees):
        start = most - len(tree.tokens)
        tokens[number, start:] = tree.tokens
        for place, below in enumerate(tree.children):
            children[number, start + place, : len(below)] = np.add(below, start)
    return {"tokens": tokens, "children": children}
