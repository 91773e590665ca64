"""`python -m scaffold.verify.guard DIRECTORY`: ends the child of a run that is gone.

The runner starts it and holds its standard input open. There it names each child, by
its mark and then by its number as well. However the runner ends, the pipe ends with it:
then the guard ends all that the child has started, and removes the directory.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from shutil import rmtree

from scaffold.verify.process_tree import ProcessTree
from scaffold.verify.processes import end_all


def main() -> None:
    """Wait for the end of the runner, and end what it leaves behind."""
    mark, tree = "", ProcessTree(None)
    with suppress(OSError, KeyboardInterrupt):
        for line in sys.stdin:
            mark, *numbers = line.split()
            tree = ProcessTree(int(numbers[0]) if numbers else None)
    if mark:
        end_all(tree, mark)
    rmtree(sys.argv[1], ignore_errors=True)


if __name__ == "__main__":
    main()
