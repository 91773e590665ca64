"""End the child of a run that ended: `python -m scaffold.verify.processes.guard DIR`.

The runner starts it and keeps its standard input open. There it sends the mark of each
child, and then the mark with its process id. When the runner ends, for whatever reason,
the pipe closes: the guard ends the child's processes, and removes the directory.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from shutil import rmtree

from scaffold.verify.processes.children import end_all
from scaffold.verify.processes.process_tree import ProcessTree


def main() -> None:
    """Wait for the end of the runner, and end the processes that it leaves."""
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
