"""Puts all words in all places, and runs what comes of it.

`python -m tests.names [COUNT [SEED]]` takes so many of the words, all by default.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from tests.names.running import prepare, sweep
from tests.names.words import words


def main() -> None:
    """Runs the sweep, and prints what it finds."""
    count, seed = (*map(int, sys.argv[1:]), *(None, 0)[len(sys.argv) - 1 :])
    taken = words()
    random.Random(seed).shuffle(taken)
    with tempfile.TemporaryDirectory() as place:
        prepare(Path(place))
        number, results = sweep(taken[:count], Path(place), each=100)
    print("\n".join(results))
    print(f"{len(taken[:count])} words, {number} times taken, {len(results)} found")
    sys.exit(bool(results))


if __name__ == "__main__":
    main()
