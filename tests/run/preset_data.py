"""Data that the presets learn from: real where there is some, else made with noise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.model_selection import train_test_split

from tests.run.trees import Tree, batch_of, expression, value_of


class Split(NamedTuple):
    """What a model is trained on, and what is held out from it.

    Attributes:
        x: What the model is given: an array, or a dictionary of arrays.
        y: What it is to tell: an array, or a dictionary of arrays.
        held_x: As `x`, never seen in training.
        held_y: As `y`, never seen in training.
    """

    x: Any
    y: Any
    held_x: Any
    held_y: Any


def _split(x: Any, y: Any, share: float = 0.25) -> Split:
    """Holds out a share of all examples, picked at random."""
    some = next(iter(x.values())) if isinstance(x, dict) else x
    kept, held = train_test_split(np.arange(len(some)), test_size=share, random_state=0)

    def pick(arguments: Any, rows: Any) -> Any:
        if isinstance(arguments, dict):
            return {name: value[rows] for name, value in arguments.items()}
        return arguments[rows]

    return Split(pick(x, kept), pick(y, kept), pick(x, held), pick(y, held))


def petals() -> Split:
    """The length and the width of the petals of 150 irises."""
    data = load_iris().data
    return _split(data[:, 2:3], data[:, 3])


def tumours() -> Split:
    """Thirty measures of 569 tumours, as they are, harmless or not."""
    data = load_breast_cancer()
    return _split(data.data, data.target)


def wines() -> Split:
    """Thirteen measures of 178 wines, as they are, of three growers."""
    data = load_wine()
    return _split(data.data, data.target, share=0.4)


def growers_and_colors() -> Split:
    """Twelve measures of 178 wines, as they are, to tell growers and colors from."""
    data = load_wine()
    at = data.feature_names.index("color_intensity")
    y = {"category": data.target, "amount": data.data[:, at]}
    return _split(np.delete(data.data, at, axis=1), y, share=0.4)


def flat_digits() -> Split:
    """Handwritten digits as rows of 64 numbers from 0 to 1, to be restored."""
    rows = load_digits().data / 16
    return _split(rows, rows)


def digits(scale: int, margin: int) -> Callable[[], Split]:
    """Handwritten digits as bytes, each pixel as a square of so many, with a margin."""

    def make() -> Split:
        return _split(_pictures(scale, margin), load_digits().target)

    return make


def _pictures(scale: int, margin: int) -> Any:
    large = load_digits().images.repeat(scale, axis=1).repeat(scale, axis=2)
    around = ((0, 0), (margin, margin), (margin, margin))
    return np.pad(large, around)[..., None] * (255 / 16)


def pairs_of_digits() -> Split:
    """Two digits each, half of them the same one; no picture is in both parts."""
    random = np.random.default_rng(0)
    whole = _split(_pictures(1, 0), load_digits().target)

    def pairs(pictures: Any, labels: Any, count: int) -> tuple[Any, Any]:
        left = random.integers(0, len(labels), size=count)
        same = random.random(count) < 0.5
        right = np.array(
            [
                random.choice(np.flatnonzero((labels == labels[pair]) == alike))
                for pair, alike in zip(left, same, strict=True)
            ]
        )
        return {"left": pictures[left], "right": pictures[right]}, same.astype("int32")

    x, y = pairs(whole.x, whole.y, 6000)
    return Split(x, y, *pairs(whole.held_x, whole.held_y, 1000))


def shapes() -> Split:
    """Discs and squares of one brightness in noise: their pixels are of classes 1, 2.

    No pixel by itself says which of the two it belongs to.
    """
    random = np.random.default_rng(0)
    size, count = 16, 500
    rows, columns = np.mgrid[:size, :size]
    y = np.zeros((count, size, size), dtype="int32")
    for picture in y:
        for kind, (low, high) in enumerate([(0, 8), (8, 16)], start=1):
            row, column = random.integers(4, 12), random.integers(low + 3, high - 3)
            down, across = abs(rows - row), abs(columns - column)
            disc = down**2 + across**2 <= 10
            square = np.maximum(down, across) <= 2
            kind = random.integers(1, 3)
            picture[disc if kind == 1 else square] = kind
    x = 90 + 80 * (y > 0) + random.normal(scale=25, size=y.shape)
    return _split(x.clip(0, 255)[..., None], y)


def reports() -> Split:
    """Reports of races, of 4 to 12 words, filled up with 0: which team came in first.

    Words 1 to 10 are names of one team, 11 to 20 of the other, and the rest means
    nothing. One of each team is named, the winner first: which words there are tells
    nothing, their order all. One report of twenty is wrong.
    """
    random = np.random.default_rng(0)
    x = np.zeros((3000, 12), dtype="int32")
    y = np.zeros(len(x), dtype="int32")
    for number, text in enumerate(x):
        length = random.integers(4, 13)
        text[:length] = random.integers(21, 60, size=length)
        first, second = sorted(random.choice(length, size=2, replace=False))
        winner = random.integers(2)
        text[first] = 10 * winner + random.integers(1, 11)
        text[second] = 10 * (1 - winner) + random.integers(1, 11)
        y[number] = winner ^ (random.random() < 0.05)
    return _split(x, y)


def waves() -> Split:
    """Two waves and noise, in windows of 24 steps: the later ones are held out."""
    random = np.random.default_rng(0)
    steps = np.arange(1500)
    series = np.sin(steps / 2) + 0.5 * np.sin(steps / 5)
    series += random.normal(scale=0.2, size=series.shape)
    windows = np.lib.stride_tricks.sliding_window_view(series, 25)
    x, y = windows[:, :-1, None], windows[:, -1]
    # No window of one part reaches into the other.
    return Split(x[:1100], y[:1100], x[1125:], y[1125:])


def visits() -> Split:
    """Whether somebody buys, by two numbers and three categories of four each.

    One category decides by itself; the others change what the numbers mean. One answer
    of twenty is wrong.
    """
    random = np.random.default_rng(0)
    numbers = random.normal(size=(3000, 2))
    columns = random.integers(0, 4, size=(3000, 3))
    sign = np.where(columns[:, 0] < 2, 1, -1)
    score = sign * numbers[:, 0] + numbers[:, 1] * (columns[:, 1] == 1)
    score += 3.0 * (columns[:, 2] == 3)
    wrong = random.random(len(score)) < 0.05
    x = {"numbers": numbers, "categories": (columns + [0, 4, 8]).astype("int32")}
    return _split(x, ((score > 0.5) ^ wrong).astype("int32"))


def likes() -> Split:
    """Which of 80 items 120 users like, by two tastes; a tenth is chance.

    Users and items are known from other pairs; the pairs held out are not.
    """
    random = np.random.default_rng(0)
    users, items = random.normal(size=(120, 2)), random.normal(size=(80, 2))
    user, item = (entry.ravel() for entry in np.mgrid[:120, :80])
    liked = (users[user] * items[item]).sum(axis=1) > 0.3
    chance = random.random(len(liked)) < 0.1
    y = np.where(chance, random.random(len(liked)) < 0.5, liked).astype("int32")
    return _split({"user": user.astype("int32"), "item": item.astype("int32")}, y)


def flat_digits_by_class() -> Split:
    """All 1797 digits as rows of numbers from 0 to 1, and which digit each is."""
    data = load_digits()
    return _split((data.data / 16).astype("float32"), data.target)


def expressions() -> Split:
    """Boolean expressions of up to three operators above each other, and their values.

    Half of them are true, and none is there twice.
    """
    random = np.random.default_rng(0)
    halves: tuple[dict[str, Tree], dict[str, Tree]] = ({}, {})
    while min(map(len, halves)) < 500:
        tree = expression(3, random)
        half = halves[value_of(tree)]
        if len(half) < 500:
            half.setdefault(repr(tree), tree)
    trees = [tree for half in halves for tree in half.values()]
    return _split(batch_of(trees, 2), np.array([value_of(tree) for tree in trees]))
