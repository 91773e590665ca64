"""Detects changes that code makes to its process and that later code would see.

After a change, a new process is started: that is simpler than to undo each change.
"""

from __future__ import annotations

import builtins
import gc
import locale
import logging
import os
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import FunctionType, ModuleType
from typing import Any

import psutil

_WATCHED = (
    "keras",
    "numpy",
    "psutil",
    *sys.builtin_module_names,
    *sys.stdlib_module_names,
)
"""The packages whose functions must not be replaced."""

_COUNTED = (
    "global_seed",
    "object_name_uids",
    "random_seed",
    "seed_generator",
    "skipset",
)
"""Parts of the names of Keras's counters and random states."""

Surroundings = Mapping[Any, Any]
"""The observed values, by their locations."""


def surroundings() -> Surroundings:
    """Return the state of this process that code can change."""
    state: dict[Any, Any] = {}
    for name, read in _READERS.items():
        # Code may have broken what is read here; the missing values are a difference.
        with suppress(Exception):
            state |= {(name, key): value for key, value in read().items()}
    for location, value in _functions():
        state[location] = value
        if isinstance(value, FunctionType):
            inside = (value.__code__, value.__defaults__, value.__kwdefaults__)
            state[location, "inside"] = tuple(map(id, inside))
    return state


def differ(before: Surroundings, after: Surroundings) -> bool:
    """Return whether code has changed its process.

    Args:
        before: The state before the code ran.
        after: The state now. Additional keys are allowed: they may come from imports.
    """
    return any(
        key not in after or not _is_same(value, after[key])
        for key, value in before.items()
    )


def _is_same(value: Any, other: Any) -> bool:
    if value is other:
        return True
    is_plain = isinstance(value, str | int | float | tuple | list | dict | set)
    with suppress(Exception):
        return is_plain and type(value) is type(other) and bool(value == other)
    return False


def _functions() -> Iterator[tuple[Any, Any]]:
    """Yield the functions of modules and the methods of classes, by their names."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] not in _WATCHED or not isinstance(module, ModuleType):
            continue
        yield name, module
        for key, value in list(vars(module).items()):
            if callable(value):
                yield (name, key), value
            if isinstance(value, type) and value.__module__ == name:
                # An added method is a change, too.
                methods = {
                    method
                    for method, member in vars(value).items()
                    if _is_method(member)
                }
                yield (name, key, ""), methods
                for method in methods:
                    yield (name, key, method), vars(value)[method]


def _is_method(value: Any) -> bool:
    return callable(value) or isinstance(value, property | staticmethod | classmethod)


def _python() -> dict[str, Any]:
    return {
        "builtins": set(vars(builtins)),
        "path": list(sys.path),
        "argv": list(sys.argv),
        "finders": [*sys.meta_path, *sys.path_hooks],
        "streams": (id(sys.stdin), id(sys.stdout), id(sys.stderr)),
        "hooks": (id(sys.excepthook), id(sys.displayhook), id(threading.excepthook)),
        "tracing": (sys.gettrace() is None, sys.getprofile() is None),
        "recursion": sys.getrecursionlimit(),
        "switching": sys.getswitchinterval(),
        "digits": sys.get_int_max_str_digits(),
        "garbage": (gc.isenabled(), gc.get_threshold()),
        "warnings": (list(warnings.filters), id(warnings.showwarning)),
        "temporary": tempfile.gettempdir(),
        "locale": locale.setlocale(locale.LC_ALL),
        "signals": {
            number: id(signal.getsignal(number)) for number in signal.valid_signals()
        },
    }


def _system() -> dict[str, Any]:
    mask = os.umask(0)
    os.umask(mask)
    state = {"environment": dict(os.environ), "mask": mask}
    process = psutil.Process()
    state["priority"] = process.nice()
    if hasattr(process, "cpu_affinity"):  # not on macOS
        state["cores"] = process.cpu_affinity()
    return state


def _logging() -> dict[str, Any]:
    loggers = {"": logging.getLogger(), **logging.getLogger().manager.loggerDict}
    return {
        "all": logging.getLogger().manager.disable,
        **{
            f"logger {name}": (logger.level, logger.disabled, len(logger.handlers))
            for name, logger in loggers.items()
            if isinstance(logger, logging.Logger)
        },
    }


def _numpy() -> dict[str, Any]:
    numpy = sys.modules["numpy"]
    return {"errors": numpy.geterr(), "printing": repr(numpy.get_printoptions())}


def _keras() -> dict[str, Any]:
    keras = sys.modules["keras"]
    config, state = keras.config, sys.modules["keras.src.backend.common.global_state"]
    trackers = (state.GLOBAL_STATE_TRACKER, state.GLOBAL_SETTINGS_TRACKER)
    tracked = {
        name: value
        for tracker in trackers
        for name, value in vars(tracker).items()
        if not any(part in name for part in _COUNTED)
    }
    objects = keras.saving.get_custom_objects()
    return {
        "scopes": {
            name for name, value in tracked.items() if value and _is_scope(name)
        },
        **{f"kept {name}": _shown(value) for name, value in tracked.items() if value},
        "epsilon": config.epsilon(),
        "floatx": config.floatx(),
        "layout": config.image_data_format(),
        "policy": config.dtype_policy().name,
        "logging": config.is_interactive_logging_enabled(),
        # Registered names have a package; a bare name replaces a class of Keras.
        "objects": {name for name in objects if ">" not in name},
        **{f"object {name}": value for name, value in objects.items()},
    }


def _is_scope(name: str) -> bool:
    return "scope" in name or "distribution" in name


def _shown(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool) else type(value)


def _tensorflow() -> dict[str, Any]:
    config = sys.modules["tensorflow"].config
    return {
        "eager": config.functions_run_eagerly(),
        "jit": config.optimizer.get_jit(),
        "options": config.optimizer.get_experimental_options(),
        "placement": config.get_soft_device_placement(),
        "threads": config.threading.get_intra_op_parallelism_threads(),
        "precision": config.experimental.tensor_float_32_execution_enabled(),
    }


def _jax() -> dict[str, Any]:
    return dict(sys.modules["jax"].config.values)


def _torch() -> dict[str, Any]:
    torch = sys.modules["torch"]
    return {
        "dtype": str(torch.get_default_dtype()),
        "device": str(torch.get_default_device()),
        "gradients": torch.is_grad_enabled(),
        "threads": torch.get_num_threads(),
        "determinism": torch.are_deterministic_algorithms_enabled(),
    }


_READERS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "Python": _python,
    "system": _system,
    "logging": _logging,
    "numpy": _numpy,
    "keras": _keras,
    "tensorflow": _tensorflow,
    "jax": _jax,
    "torch": _torch,
}
"""The functions that read the state; packages that are not imported are skipped."""
