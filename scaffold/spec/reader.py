"""Reading of a spec's text into a `Spec`, with all findings about its form."""

from __future__ import annotations

import codecs
from typing import Literal as Choice
from typing import NamedTuple

from scaffold.bounded_read import is_stream
from scaffold.catalogue import load
from scaffold.catalogue.facts import examples
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.document import Node, Table, describe
from scaffold.spec.findings import Findings
from scaffold.spec.inputs import read_inputs
from scaffold.spec.keys import METHODS, SPEC_KEYS
from scaffold.spec.layers import read_blocks, read_layers
from scaffold.spec.limits import MAX_BYTES, MOST_VALUES
from scaffold.spec.params import read_params
from scaffold.spec.places import Lines
from scaffold.spec.sections import (
    read_imports,
    read_outputs,
    read_override,
    read_section,
)
from scaffold.spec.types import Spec
from scaffold.spec.values import Pair

Notation = Choice["yaml", "json", "toml"]

SUFFIXES = (".yaml", ".yml", ".json", ".toml")
"""The file name suffixes of specs."""

NEEDED = {
    "inputs": "write the shape without the batch axis: `inputs: [28, 28, 1]`",
    "layers": f"list the layers, one per line: `- {examples.LAST_LAYER}`",
}
"""The required keys of a spec, and the help for each."""
_NEEDED_ELSEWHERE = {
    ("toml", "inputs"): "write the shape without the batch axis: "
    "`inputs = [28, 28, 1]`",
    ("json", "inputs"): "write the shape without the batch axis: "
    '`"inputs": [28, 28, 1]`',
    ("toml", "layers"): f'list the layers: `layers = ["{examples.LAST_LAYER}"]`',
    ("json", "layers"): f'list the layers: `"layers": ["{examples.LAST_LAYER}"]`',
}
"""The help in other notations than YAML."""


class ReadResult(NamedTuple):
    """The result of reading a spec; `spec` is `None` if the file cannot be read."""

    spec: Spec | None
    text: str
    diagnostics: tuple[Diagnostic, ...]
    root: Node | None = None
    """The file as a tree, if it is well formed."""


def read(data: bytes, path: str, notation: Notation | None = None) -> ReadResult:
    """Read a spec.

    Args:
        data: The file's bytes, in UTF-8.
        path: The name of the file in findings; its stem is the default model name.
        notation: The notation of the file; by default that of its suffix, else YAML.

    Returns:
        The parts of the spec that could be read, the text, and all findings about the
        form of the file.
    """
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES:,} bytes, the limit for a spec"
        return ReadResult(None, "", (_too_much(message, path),))
    text, fault = decode(data, path)
    if fault is not None:
        return ReadResult(None, text, (fault,))
    if text.count(",") + text.count("\n") > MOST_VALUES:
        message = f"the file has more than {MOST_VALUES:,} commas and lines"
        return ReadResult(None, text, (_too_much(message, path),))
    try:
        root = _parse(text, path, notation or _notation(path))
    except Refused as refused:
        return ReadResult(None, text, tuple(refused.diagnostics))
    return read_tree(root, text, path)


def read_tree(root: Node | None, text: str, path: str) -> ReadResult:
    """Read a spec from its tree.

    Args:
        root: The tree, `None` for an empty file.
        text: The file's text.
        path: The name of the file.
    """
    findings = Findings()
    try:
        spec = _spec(findings, root, path)
    except Refused as refused:
        return ReadResult(None, text, tuple(refused.diagnostics), root)
    spec = spec._replace(is_whole=not findings.diagnostics)
    return ReadResult(spec, text, tuple(findings.diagnostics), root)


def decode(data: bytes, path: str) -> tuple[str, Diagnostic | None]:
    """Decode a file; return its text, and a finding if it is not UTF-8.

    Args:
        data: The file's bytes.
        path: The name of the file in the finding.
    """
    # In UTF-16, every second byte of ASCII text is 0.
    has_zeros = b"\0" in data[:2] and data[:2] != b"\0\0"
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or has_zeros:
        message = "the file is UTF-16 text, not UTF-8"
        top = Span(path, 1, 1, 1, 1)
        return "", Diagnostic("KS102", message, top, "save the file as UTF-8")
    try:
        return data.decode().lstrip("\ufeff"), None
    except UnicodeDecodeError as error:
        text = data.decode(errors="replace").lstrip("\ufeff")
        return text, _not_utf8(data, error, path)


def _too_much(message: str, path: str) -> Diagnostic:
    help_ = "move data to another file, and name it in `train: {data: ...}`"
    return Diagnostic("KS105", message, Span(path), help_)


def _notation(path: str) -> Notation:
    if path.lower().endswith(".json"):
        return "json"
    return "toml" if path.lower().endswith(".toml") else "yaml"


def _parse(text: str, path: str, notation: Notation) -> Node | None:
    # Each parser is imported only if it is needed, to keep start-up fast.
    if notation == "toml":
        from scaffold.spec.toml import parse as parse_toml

        return parse_toml(text, path)
    if notation == "json":
        from scaffold.spec.json import parse as parse_json

        return parse_json(text, path)
    from scaffold.spec.yaml import parse as parse_yaml

    return parse_yaml(text, path)


def _not_utf8(data: bytes, error: UnicodeDecodeError, path: str) -> Diagnostic:
    before = data[: error.start].decode(errors="replace").lstrip("\ufeff")
    return Diagnostic(
        "KS102",
        f"the byte 0x{data[error.start]:02x} is not UTF-8 text",
        Lines(before, path).character(len(before)),
        "save the file as UTF-8",
    )


def _spec(findings: Findings, root: Node | None, path: str) -> Spec:
    """Read all sections."""
    top = Span(path, 1, 1, 1, 1)
    if root is None:
        help_ = "write at least `inputs` and `layers`"
        raise Refused(Diagnostic("KS108", "the file is empty", top, help_))
    if not isinstance(root, Table):
        message = f"a spec must be a mapping of keys, not {describe(root)}"
        help_ = "write at least `inputs` and `layers`"
        raise Refused(Diagnostic("KS107", message, root.span, help_))
    keys = findings.unknown_keys(root, SPEC_KEYS, "a spec", _section_of)
    for needed, help_ in NEEDED.items():
        if needed not in keys:
            help_ = _NEEDED_ELSEWHERE.get((_notation(path), needed), help_)
            message = f"a spec requires the key `{needed}`"
            findings.add_error("KS108", message, top, help_)
    nodes = {key: value for key, (_, value) in keys.items()}
    params, inputs, layers = (nodes.get(key) for key in ("params", "inputs", "layers"))
    blocks, imports = nodes.get("blocks"), nodes.get("imports")
    outputs, override = nodes.get("outputs"), nodes.get("override")
    read = read_params(findings, params) if params else ()
    names = frozenset(param.name for param in read)
    spec = Spec(
        name=_name(findings, keys.get("name"), path),
        name_span=nodes["name"].span if "name" in keys else top,
        description=findings.text(keys.get("description")),
        params=read,
        inputs=read_inputs(findings, inputs, names, layers) if inputs else (),
        blocks=read_blocks(findings, blocks) if blocks else (),
        imports=read_imports(findings, imports) if imports else (),
        layers=read_layers(findings, layers) if layers else (),
        layers_span=keys["layers"][0].span if layers else top,
        outputs=read_outputs(findings, outputs) if outputs else None,
        compile=read_section(findings, keys.get("compile"), "`compile`"),
        train=read_section(findings, keys.get("train"), "`train`"),
        override=read_override(findings, override) if override else (),
        span=root.span,
        is_whole=True,
    )
    return spec._replace(unread=frozenset(findings.unread))


def _section_of(key: str) -> str:
    """Return the section that has an argument of this name, or `""`."""
    for section, method in METHODS.items():
        target = load().find("methods", method)
        if target and any(argument.name == key for argument in target.arguments):
            return section
    return ""


def _name(findings: Findings, pair: Pair | None, path: str) -> str:
    """Return the model's name; the default is the file's stem, `model` for a stream."""
    if pair is not None:
        count = len(findings.diagnostics)
        name = findings.text(pair)
        if count == len(findings.diagnostics):
            return name
    if is_stream(path):
        return "model"
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    return name.split(".")[0] or name
