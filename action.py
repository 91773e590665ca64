"""The script of the GitHub Action (`action.yml`), run after the tool is installed.

It runs with the Python of the tool's environment, in the repository to be checked. The
inputs of the action are environment variables. No code of the repository is run, except
by `verify`, which imports the modules that specs name under `imports`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

from scaffold.settings import DEFAULT_SPECS, find_specs, pattern_fault, read_settings

TOOL = (sys.executable, "-I", "-m", "scaffold")
"""The command of the tool; `-I` keeps it from importing modules of the repository."""


def main() -> int:
    """Check the specs; on request, also check that code is up to date, and verify it.

    Returns:
        The exit code.
    """
    specs, missing = find_named_specs(os.environ.get("SPECS", ""))
    for pattern in missing:
        reason = pattern_fault(pattern)
        message = f"no file matches `{pattern}`{reason and f': {reason}'}"
        message = message.replace("%", "%25")
        print(f"::error title=keras-scaffold::{message}")
    if missing:
        set_outputs(errors=len(missing), warnings=0)
        return 1
    failed = check(specs)
    if failed:
        return failed  # code cannot be generated from a spec with errors
    for variable, command in (("NEW", ("new", "--check")), ("VERIFY", ("verify",))):
        if os.environ.get(variable) == "true":
            print(f"keras-scaffold {' '.join(command)}", flush=True)
            # GitHub does not interpret the following output as workflow commands.
            token = token_hex(16)
            print(f"::stop-commands::{token}", flush=True)
            done = subprocess.run([*TOOL, *command, "--", *specs])
            print(f"::{token}::", flush=True)
            failed = failed or done.returncode
    return failed


def find_named_specs(lines: str) -> tuple[list[str], list[str]]:
    """Return the specs to pass to the tool.

    Args:
        lines: Paths and patterns, one per line; empty for the specs of the project.

    Returns:
        Their paths, empty if the tool finds them in the settings; and the patterns that
        match no file.
    """
    patterns = [line.strip() for line in lines.splitlines() if line.strip()]
    if not patterns:
        settings, diagnostics = read_settings(Path())
        if settings.specs or diagnostics:
            return [], []
        usual = find_specs(DEFAULT_SPECS, Path())
        return list(usual), [] if usual else list(DEFAULT_SPECS)
    paths = {
        pattern: () if pattern_fault(pattern) else find_specs([pattern], Path())
        for pattern in patterns
    }
    # Several patterns can match the same file.
    specs = dict.fromkeys(path for matches in paths.values() for path in matches)
    return list(specs), [pattern for pattern, matches in paths.items() if not matches]


def check(specs: list[str]) -> int:
    """Check specs, show the findings at their lines, and count them.

    Args:
        specs: Their paths; empty for the specs of the project.

    Returns:
        The exit code.
    """
    done = subprocess.run(
        [*TOOL, "check", "--format", "github", "--", *specs],
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    print(done.stdout, end="", flush=True)
    lines = done.stdout.splitlines()
    errors = sum(line.startswith("::error ") for line in lines)
    warnings = sum(line.startswith("::warning ") for line in lines)
    print(f"{errors} errors and {warnings} warnings", flush=True)
    set_outputs(errors=errors, warnings=warnings)
    return done.returncode


def set_outputs(**outputs: int) -> None:
    """Set the outputs of the step."""
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in outputs.items())


if __name__ == "__main__":
    sys.exit(main())
