"""Move tensors among the arguments of a layer, `Concatenate([a, b])`, after an arrow.

In an entry, tensors follow `<-`; the parentheses contain the constructor arguments.
"""

from __future__ import annotations

import ast
import re

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers
from scaffold.foreign_code.computing import Computing
from scaffold.foreign_code.steps import PastedCall, PastedInput, Untranslatable


class Misplaced(Computing):
    """Translates layers that have tensors among their arguments."""

    tensors: frozenset[str] = frozenset()
    """Names of the inputs and of the previous entries."""
    own: frozenset[str] = frozenset()
    """Names of blocks, and of imported layers."""
    block = ""
    """The block that the user has to write for a function of the code."""

    def with_tensors(self, name: str, tree: ast.Call) -> PastedCall | None:
        """Return the step of a layer that has tensors among its arguments.

        Returns:
            The step; `None` if it has no tensors, or is not a layer.
        """
        layer, target = self.target(name)
        if target is None and name not in self.own:
            return None
        if target is not None and target.registry != "layers":
            return None
        merges = target is not None and target.takes == "list"
        known = {item.name for item in target.arguments} if target else {"name"}
        passed: list[PastedInput] = []
        arguments: list[ast.expr] = []
        for value in tree.args:
            if self.is_known(value, may_be_any=merges):
                is_list = _is_list(value)
                passed += self.listed(value) if is_list else [self.passed(value)]
            else:
                arguments.append(value)
        keywords, constants = [], []
        call = {"training", *(item.name for item in target.call)} if target else set()
        for keyword in tree.keywords:
            value = keyword.value
            if keyword.arg in call - known and isinstance(value, ast.Constant):
                if value.value is not None:
                    constants.append(f"{keyword.arg}={value.value!r}")
                self.note(
                    f"`{keyword.arg}` is an argument of the call, passed after `<-`"
                )
                continue
            is_other = keyword.arg is not None and keyword.arg not in known
            if is_other and self.is_known(keyword.value, may_be_any=False):
                passed += self.by_keyword(keyword, target)
            else:
                keywords.append(keyword)
        if not passed and len(keywords) < len(tree.keywords):
            text = self.text(ast.Call(ast.Name(layer), arguments, keywords))
            times = (2 if layer in layers.ATTENTION else 1) if constants else 0
            return PastedCall(text, constants=(*constants,), times=times)
        if not passed:
            return None
        first = passed[0].value
        shown = (
            f"`{first}` is a tensor" if isinstance(first, str) else "this is a tensor"
        )
        self.reasons.insert(0, f"{shown}: tensors are passed after `<-`")
        self.codes[self.reasons[0]] = "KS209"
        layer_call = ast.Call(ast.Name(layer), arguments, keywords)
        return PastedCall(self.text(layer_call), tuple(passed), (*constants,))

    def by_keyword(
        self, keyword: ast.keyword, target: KerasCallable | None
    ) -> list[PastedInput]:
        """Return the tensors that a keyword argument passes."""
        assert keyword.arg is not None
        several = target is not None and target.takes == "several"
        if several and target is not None and keyword.arg in target.tensors:
            return [self.passed(keyword.value, keyword.arg)]
        if target is not None and keyword.arg in {item.name for item in target.call}:
            return [self.passed(keyword.value, keyword.arg)]
        if _is_list(keyword.value):
            return [*self.listed(keyword.value)]
        return [self.passed(keyword.value)]

    def is_known(self, tree: ast.expr, *, may_be_any: bool) -> bool:
        """Return whether an argument is a tensor, or a list of tensors.

        Args:
            tree: The argument.
            may_be_any: Whether an unknown name counts as a tensor.
        """
        match tree:
            case ast.Name(id=name):
                return name in self.tensors or (may_be_any and self.is_tensor(tree))
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return bool(items) and all(
                    self.is_known(item, may_be_any=may_be_any) for item in items
                )
            case ast.Subscript(value=ast.Name(id=name)):
                return name in self.tensors
            case ast.Call(func=ast.Call()):
                return True
            case ast.Call(func=func) if self.variable_of(func) is not None:
                return True
            case ast.Call(args=[first, *_]):
                return self.is_tensor(tree) and self.is_known(first, may_be_any=False)
            case ast.BinOp(left=left, right=right):
                return any(
                    self.is_known(side, may_be_any=False) for side in (left, right)
                )
        return False

    def of_own(self, name: str, tree: ast.Call) -> PastedCall:
        """Return the step for a function of the code, `residual_block(x, 64)`.

        Raises:
            Untranslatable: It is not called on a known tensor.
        """
        block = "".join(part.capitalize() for part in re.split("_+", name))
        names = self.catalogue.names("layers")
        layer = next((item for item in names if item.lower() == block.lower()), "")
        is_on_tensors = any(self.is_known(arg, may_be_any=False) for arg in tree.args)
        if not is_on_tensors or not block:
            raise Untranslatable
        own, self.own = self.own, self.own | {block}
        try:
            step = self.with_tensors(layer or block, tree)
        finally:
            self.own = own
        if step is None:
            raise Untranslatable
        if layer:
            return step
        if block not in self.own:
            self.block = block
        reason = f"`{name}` is a Python function, but an entry calls layers and blocks"
        self.reasons.insert(0, reason)
        self.codes[reason] = "KS201"
        return step


def _is_list(tree: ast.expr) -> bool:
    return isinstance(tree, ast.List | ast.Tuple)
