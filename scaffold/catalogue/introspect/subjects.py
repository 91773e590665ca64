"""Try values for an argument of a class or function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scaffold.catalogue.introspect.companions import company
from scaffold.catalogue.introspect.trials import error_of, instantiated_arguments, works


class Trial:
    """A callable, arguments that work, and a function that runs its result.

    Attributes:
        target: The class or function.
        known: Arguments, as plain data, with which it works.
        usable: Whether such arguments are known.
    """

    def __init__(
        self,
        target: Callable[..., Any],
        known: Mapping[str, Any],
        run: Callable[[Any], Any],
        usable: bool = True,
    ) -> None:
        """Store the callable.

        Args:
            target: The class or function.
            known: Arguments, as plain data, with which it works.
            run: Uses the result of `target`; raises if it cannot be used.
            usable: Whether `known` works.
        """
        self.target = target
        self.name: str = getattr(target, "__name__", "")
        self.known = dict(known)
        self.usable = usable
        self._run = run
        self._seen: dict[tuple[str, str, bool], bool] = {}

    def constructs(self, name: str, value: Any) -> bool:
        """Return whether the target accepts a value for an argument."""
        return self._tried(name, value, run=False)

    def works(self, name: str, value: Any) -> bool:
        """Return whether the result of the target with a value can be used."""
        return self._tried(name, value, run=True)

    def complaint(self, name: str, value: Any) -> str:
        """Return the error with which the target rejects a value, `""` for none."""
        error = error_of(lambda: self._try(name, value, run=False))
        return "" if error is None else f"{type(error).__name__}: {error}"

    def _tried(self, name: str, value: Any, *, run: bool) -> bool:
        key = (name, repr(value), run)
        if key not in self._seen:
            self._seen[key] = works(lambda: self._try(name, value, run))
        return self._seen[key]

    def _try(self, name: str, value: Any, run: bool) -> None:
        values = {**self.known, **company(self.name, name), name: value}
        arguments = instantiated_arguments(values)
        result = self.target(**arguments)
        if run:
            self._run(result)
