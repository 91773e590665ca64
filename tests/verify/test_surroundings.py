"""What code changes of its process, the next code does not see."""

from __future__ import annotations

import pytest

from scaffold.verify.runner import run
from scaffold.verify.types import Candidate, Job, Outcome
from tests.verify import without_keras

pytestmark = pytest.mark.slow

BUILD = "\n\ndef build_model():\n    return 1\n"

CHANGES = {
    "environment": ("import os\nos.environ['A'] = ''", "'A' not in os.environ"),
    "no environment": ("import os\nos.environ.clear()", "os.environ['TMPDIR']"),
    "path": ("import sys\nsys.path.insert(0, '/no')", "'/no' not in sys.path"),
    "module": ("import sys, os\nsys.modules['json'] = os", "json.loads"),
    "builtins": ("import builtins\nbuiltins.len = print", "len('ab') == 2"),
    "new builtin": ("import builtins\nbuiltins.gift = 1", "not hasattr(bi, 'gift')"),
    "function": ("import math\nmath.sqrt = abs", "math.sqrt(4) == 2"),
    "method": (
        "import pathlib\npathlib.Path.exists = lambda self: False",
        "pathlib.Path('/').exists()",
    ),
    "new method": (
        "import pathlib\npathlib.PosixPath.exists = lambda self: False",
        "pathlib.Path('/').exists()",
    ),
    "default": (
        "import shlex\nshlex.join.__code__ = (lambda parts: '').__code__",
        "shlex.join(['a']) == 'a'",
    ),
    "recursion": ("import sys\nsys.setrecursionlimit(200)", "recursion(500)"),
    "garbage": ("import gc\ngc.disable()", "gc.isenabled()"),
    "warnings": (
        "import warnings\nwarnings.simplefilter('error')",
        "warnings.warn('x') is None",
    ),
    "logging": ("import logging\nlogging.disable(50)", "log.isEnabledFor(40)"),
    "level": ("import logging\nlogging.root.setLevel(50)", "log.isEnabledFor(40)"),
    "mask": ("import os\nos.umask(0o777)", "os.umask(0o22) == 0o22"),
    "signals": (
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "signal.getsignal(signal.SIGTERM) == signal.SIG_DFL",
    ),
    "tracing": (
        "import sys\nsys.settrace(lambda *given: None)",
        "sys.gettrace() is None",
    ),
    "streams": ("import sys\nsys.stdout = None", "sys.stdout.write"),
    "files": ("import tempfile\ntempfile.tempdir = '/no'", "tempfile.mkdtemp()"),
    "hooks": ("import sys\nsys.path_hooks.clear()", "sys.path_hooks"),
}
"""Code that changes something, and what holds where nothing has changed."""

START = """
import builtins as bi, gc, json, logging, math, os, pathlib, shlex, signal, sys
import tempfile, warnings

log = logging.getLogger("a")


def recursion(depth):
    return depth == 0 or recursion(depth - 1)


"""


def outcomes(*texts: str) -> list[Outcome]:
    """Runs code without Keras, one after another."""
    several = (Candidate(f"{n}", "a.py", text, "", ()) for n, text in enumerate(texts))
    job = Job("all", None, tuple(several))
    return list(run([job], backend="", examiner=without_keras.NAME))


def test_the_next_one_sees_nothing_of_it() -> None:
    """Whatever was changed, the code after it runs as if it were the first."""
    texts = []
    for change, holds in CHANGES.values():
        texts += [change + BUILD, f"{START}assert {holds}{BUILD}"]
    results = outcomes(*texts)
    wrong = {
        list(CHANGES)[outcome.candidate // 2]: outcome.diagnostics
        for outcome in results
        if outcome.diagnostics
    }
    assert not wrong
    assert len(results) == 2 * len(texts)


def test_code_that_changes_nothing_costs_no_process() -> None:
    """Imports, and what they leave in caches, are no change."""
    tells = "raise ValueError(__import__('os').getppid(), __import__('os').getpid())"
    quiet = "import decimal, json, sqlite3, tempfile\ntempfile.gettempdir()" + BUILD
    results = outcomes(tells, quiet, quiet, tells)
    first, last = (
        outcome.diagnostics[0].message for outcome in results if outcome.diagnostics
    )
    assert first == last


@pytest.mark.keras
@pytest.mark.filterwarnings("default")
def test_changes_of_keras_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, functions, methods and what is registered by a bare name."""
    import keras
    import numpy as np

    from scaffold.verify.processes.process_state import differ, surroundings

    before = surroundings()
    assert not differ(before, surroundings())
    epsilon = keras.config.epsilon()
    objects = keras.saving.get_custom_objects()

    def changes() -> bool:
        return differ(before, surroundings())

    with monkeypatch.context() as patch:
        patch.setattr(keras.layers.Dense, "call", lambda self, x: x)
        assert changes()
    with monkeypatch.context() as patch:
        patch.setattr(keras.layers.Dense, "quack", len, raising=False)
        assert changes()
    with monkeypatch.context() as patch:
        patch.setattr(np, "isfinite", np.isnan)
        assert changes()
    with monkeypatch.context() as patch:
        patch.setitem(objects, "relu", len)
        assert changes()
    keras.config.set_epsilon(1.0)
    assert changes()
    keras.config.set_epsilon(epsilon)
    np.random.seed(3)
    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(loss="mse")
    model.fit(np.zeros((2, 2)), np.zeros((2, 1)), verbose=0)
    assert not changes()
