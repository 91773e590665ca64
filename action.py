"""What the GitHub Action (`action.yml`) does, once the tool is installed.

It runs with the Python of the tool's environment, in the repository that is checked;
what its user asks for is in environment variables. No code of the repository is run,
unless `verify` is asked for, which imports what specs name under `imports`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

from scaffold.settings import USUAL_SPECS, find_specs, read_settings, why_no_pattern

TOOL = (sys.executable, "-I", "-m", "scaffold")
"""The tool, which finds no module where it is run, but in its environment alone."""


def main() -> int:
    """Check the specs; then, if asked, generated code, and what it does.

    Returns:
        The exit code.
    """
    specs, missing = named_specs(os.environ.get("SPECS", ""))
    for pattern in missing:
        why = why_no_pattern(pattern)
        said = f"no file fits `{pattern}`{why and f': {why}'}".replace("%", "%25")
        print(f"::error title=keras-scaffold::{said}")
    if missing:
        tell(errors=len(missing), warnings=0)
        return 1
    failed = check(specs)
    if failed:
        return failed  # nothing can be generated from a faulty spec
    for asked, command in (("NEW", ("new", "--check")), ("VERIFY", ("verify",))):
        if os.environ.get(asked) == "true":
            print(f"keras-scaffold {' '.join(command)}", flush=True)
            # What is printed from here on is no command to GitHub, whatever it says.
            token = token_hex(16)
            print(f"::stop-commands::{token}", flush=True)
            done = subprocess.run([*TOOL, *command, "--", *specs])
            print(f"::{token}::", flush=True)
            failed = failed or done.returncode
    return failed


def named_specs(named: str) -> tuple[list[str], list[str]]:
    """Return the specs to name to the tool.

    Args:
        named: Paths and patterns, one a line; none for those of the project.

    Returns:
        Their paths, none where the tool finds them by itself; and what no file fits.
    """
    patterns = [line.strip() for line in named.splitlines() if line.strip()]
    if not patterns:
        settings, found = read_settings(Path())
        if settings.specs or found:
            return [], []
        usual = find_specs(USUAL_SPECS, Path())
        return list(usual), [] if usual else list(USUAL_SPECS)
    paths = {
        pattern: () if why_no_pattern(pattern) else find_specs([pattern], Path())
        for pattern in patterns
    }
    # Two patterns may be fitted by the same file.
    specs = dict.fromkeys(path for found in paths.values() for path in found)
    return list(specs), [pattern for pattern, found in paths.items() if not found]


def check(specs: list[str]) -> int:
    """Check specs, show the findings beside their lines, and count them.

    Args:
        specs: Their paths; none for those of the project.

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
    tell(errors=errors, warnings=warnings)
    return done.returncode


def tell(**outputs: int) -> None:
    """Set the outputs of the step."""
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in outputs.items())


if __name__ == "__main__":
    sys.exit(main())
