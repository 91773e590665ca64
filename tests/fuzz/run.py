"""Creates random specs, and checks the code and the results of `verify` for them.

`make fuzz SEED=0 COUNT=2000 VERIFY=300` sets the numbers. The specs and the code stay
in `build/fuzz` for inspection.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from scaffold.catalogue import load
from scaffold.diagnostics import report
from scaffold.pipeline import Source, generate, job
from scaffold.styles import STYLES, obstacles
from scaffold.verify.runner import run
from scaffold.verify.types import Job
from tests.fuzz.specs import Spec, random_spec
from tests.verify.corpus import faults

ROOT = Path(__file__).resolve().parents[2]
OWN_LAYERS = ROOT / "tests" / "cases" / "own_layers.py"
CATALOGUE = load()
AT_ONCE = 25
RULES = ["--select", "F,E,W,I,UP,B,N,D", "--ignore", "D102,D107"]
GOOGLE = ["--config", "lint.pydocstyle.convention='google'"]


def errors_of(spec: Spec) -> str:
    """Return the errors of the checks in a spec as text, or `""`."""
    result = [
        diagnostic
        for diagnostic in spec.checked.diagnostics
        if diagnostic.severity == "error"
    ]
    return report(result, "text", {spec.path: spec.text}) if result else ""


def write(specs: Iterable[Spec], place: Path) -> tuple[list[Path], list[str]]:
    """Write specs, and their code in every style that can express them.

    Returns:
        The files of code, and the failures.
    """
    written, wrong = [], []
    for spec in specs:
        (place / spec.path).write_text(spec.text, encoding="utf-8")
        if errors := errors_of(spec):
            wrong.append(errors)
            continue
        assert spec.checked.model is not None
        for style in STYLES:
            if obstacles(spec.checked.model, style):
                continue
            try:
                result, _ = generate(
                    Source(spec.text.encode(), spec.path), style, CATALOGUE
                )
                assert result is not None
                compile(result.text, spec.path, "exec")
            except Exception as error:  # any error here is a bug in keras-scaffold
                wrong.append(f"{spec.path} ({style}): {type(error).__name__}: {error}")
                continue
            folder = place / style
            folder.mkdir(exist_ok=True)
            path = folder / f"{Path(spec.path).stem}.py"
            path.write_text(result.text, encoding="utf-8")
            written.append(path)
    return written, wrong


def untidy(place: Path) -> list[str]:
    """Return the findings of Black and ruff for the code in a directory."""
    python = [sys.executable, "-m"]
    black = [*python, "black", "--check", "--quiet", "--diff", "-l", "88", str(place)]
    ruff = [*python, "ruff", "check", "--isolated", "--no-cache", "--quiet"]
    ruff += ["--output-format", "concise", *RULES, *GOOGLE, str(place)]
    results = []
    for command in (black, ruff):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode or done.stdout:
            results.append(done.stdout + done.stderr)
    return results


def jobs_of(specs: Iterable[Spec], place: Path) -> list[Job]:
    """Return the jobs for `verify`: all styles of each spec."""
    jobs = []
    for spec in specs:
        path = str(place / spec.path)
        result, checked = job(Source(spec.text.encode(), path), catalogue=CATALOGUE)
        assert result is not None, checked.diagnostics
        jobs.append(result)
    return jobs


def not_verified(specs: Sequence[Spec], place: Path) -> tuple[list[str], Counter[str]]:
    """Return the findings of `verify`, and the counts of its outcomes."""
    shutil.copy(OWN_LAYERS, place)
    results, ends = [], Counter[str]()
    for start in range(0, len(specs), AT_ONCE):
        jobs = jobs_of(specs[start : start + AT_ONCE], place)
        outcomes = list(run(jobs))
        ends.update(outcome.says for outcome in outcomes)
        results += faults(jobs, outcomes)
        print(f"verified {start + len(jobs)}: {len(results)} found", flush=True)
        for result in results[-20:] if results else []:
            print(f"  {result}", flush=True)
    return results, ends


def main() -> None:
    """Run the fuzzer with the options of the command line, and print the numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="the first spec's")
    parser.add_argument("--count", type=int, default=2000, help="how many specs")
    parser.add_argument("--verify", type=int, default=300, help="how many of them run")
    parser.add_argument("--place", type=Path, default=ROOT / "build" / "fuzz")
    args = parser.parse_args()
    shutil.rmtree(args.place, ignore_errors=True)
    args.place.mkdir(parents=True)
    specs = [random_spec(seed) for seed in range(args.seed, args.seed + args.count)]
    written, wrong = write(specs, args.place)
    wrong += untidy(args.place)
    each = Counter(path.parent.name for path in written)
    refused = sum(bool(spec.refused) for spec in specs)
    print(f"{len(specs)} specs, {len(written)} files: {dict(each)}")
    print(f"{refused} specs had a name that was refused at first")
    sound = [spec for spec in specs if not errors_of(spec)][: args.verify]
    if sound:
        result, ends = not_verified(sound, args.place)
        wrong += result
        print(f"{len(sound)} specs verified: {dict(ends)}")
    print("\n".join(wrong[:200]))
    print(f"{len(wrong)} found")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
