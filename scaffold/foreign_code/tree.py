"""Translate the pasted code in the tree of a spec."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import NamedTuple

from scaffold.catalogue import Catalogue
from scaffold.diagnostics import Diagnostic, Refused
from scaffold.foreign_code.code_sections import CodeSection, code_of, of_string, without
from scaffold.foreign_code.findings import PastedPiece
from scaffold.foreign_code.prompts import prompted, without_prompts
from scaffold.foreign_code.script import Script
from scaffold.spec.document import Items, Node, Scalar, Table


class TranslatedTree(NamedTuple):
    """The tree of a spec after the translation, and the translated pieces."""

    root: Node
    pieces: tuple[PastedPiece, ...]


def translate_tree(
    root: Node | None,
    diagnostics: Sequence[Diagnostic],
    text: str,
    path: str,
    catalogue: Catalogue,
) -> TranslatedTree | None:
    """Translate pasted code at the locations of findings.

    Args:
        root: The spec's tree; `None` if the text is not valid YAML.
        diagnostics: The findings of the spec.
        text: The spec's text.
        path: The file's name.
        catalogue: The catalogue of Keras.

    Returns:
        The translated tree; `None` if the spec has no tree.
    """
    lines = prompted(text)
    text = without_prompts(text)
    is_yaml = not path.lower().endswith((".json", ".toml"))
    code = code_of(text, path) if is_yaml else []
    if root is None:
        root = _remaining(text, path, code, lines)
    if not isinstance(root, Table):
        return None
    translator = _Translator(root, diagnostics, text, catalogue)
    translator.prompted = lines
    translator.code = {(piece.section, piece.key_line): piece for piece in code}
    return TranslatedTree(translator.root(root), tuple(translator.pieces))


def _remaining(
    text: str, path: str, code: Sequence[CodeSection], prompts: Collection[int]
) -> Node | None:
    """Parse a text that is valid YAML except for the code in it."""
    from scaffold.spec.yaml import parse

    if not code and not prompts:
        return None
    try:
        return parse(without(text, code), path)
    except Refused:
        return None


class _Translator(Script):
    code: dict[tuple[str, int], CodeSection]
    """Sections that are Python statements, by key and line."""

    def root(self, root: Table) -> Table:
        sections: dict[str, Callable[[Node], Node]] = {
            "inputs": self.inputs,
            "compile": partial(self.run, "compile"),
            "train": partial(self.run, "train"),
            "blocks": self.of_blocks,
        }
        pairs = []
        for key, node in root.pairs:
            code = self.code_at(key, node)
            if code is not None and not isinstance(node, Items):
                node = self.script(code, node, self.keys)
            elif key.value == "layers":
                node = self.layers(node, self.keys)
            elif (change := sections.get(str(key.value))) is not None:
                node = change(node)
            pairs.append((key, node))
        for name, node in self.added.items():
            pairs.append((Scalar(name, node.span), node))
        return Table(tuple(pairs), root.span)

    def code_at(self, key: Scalar, node: Node) -> CodeSection | None:
        """Return the code under a key, `None` if there is no code."""
        section, line = str(key.value), key.span.line
        return self.code.get((section, line)) or of_string(section, line, node)

    def of_blocks(self, node: Node) -> Node:
        if not isinstance(node, Table):
            return node
        return Table(
            tuple((key, self.block(block)) for key, block in node.pairs), node.span
        )

    def block(self, node: Node) -> Node:
        if not isinstance(node, Table):
            return node
        keys = {key.value: value for key, value in node.pairs}
        pairs = []
        for key, value in node.pairs:
            code = self.code_at(key, value)
            if code is not None and not isinstance(value, Items):
                value = self.script(code, value, keys)
            elif key.value == "layers":
                value = self.layers(value, keys)
            pairs.append((key, value))
        return Table((*pairs,), node.span)
