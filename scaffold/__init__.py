r"""keras-scaffold: generate Keras source code from a layer spec, in three styles.

This module has the functions behind the command:

    >>> import scaffold
    >>> source = scaffold.Source(b"inputs: [4]\nlayers: [Dense(1)]", "model.yaml")
    >>> generated, checked = scaffold.generate(source, "functional")
    >>> checked.diagnostics
    ()
    >>> "layers.Dense(1)(inputs)" in generated.text
    True

A diagram of the same model, and the schema with which editors complete specs:

    >>> catalogue = scaffold.load()
    >>> "Dense(1)" in scaffold.draw(checked.model, catalogue, "mermaid")
    True
    >>> sorted(scaffold.spec_schema(catalogue)["required"])
    ['inputs', 'layers']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scaffold.version import __version__

if TYPE_CHECKING:
    from scaffold.catalogue import Catalogue, CatalogueError, load
    from scaffold.diagnostics import Diagnostic, Span, report
    from scaffold.diagram import draw
    from scaffold.editor import set_up
    from scaffold.editor.schema import findings_schema, spec_schema
    from scaffold.output import Plan, Target, diff, plan, write
    from scaffold.pages import explain
    from scaffold.pipeline import (
        Checked,
        File,
        Generated,
        GeneratedPart,
        GeneratedStyles,
        Source,
        advise,
        check,
        generate,
        generate_all,
        generate_part,
        generate_styles,
        infer,
        job,
        job_of_file,
        verify_jobs,
    )
    from scaffold.settings import Settings, find_specs, read_settings
    from scaffold.spec import preset_names, preset_path
    from scaffold.styles import STYLES

_PACKAGES = {
    "Catalogue": "catalogue",
    "CatalogueError": "catalogue",
    "Checked": "pipeline",
    "Diagnostic": "diagnostics",
    "File": "pipeline",
    "Generated": "pipeline",
    "GeneratedPart": "pipeline",
    "GeneratedStyles": "pipeline",
    "Plan": "output",
    "STYLES": "styles",
    "Settings": "settings",
    "Source": "pipeline",
    "Span": "diagnostics",
    "Target": "output",
    "job_of_file": "pipeline",
    "check": "pipeline",
    "advise": "pipeline",
    "diff": "output",
    "draw": "diagram",
    "explain": "pages",
    "find_specs": "settings",
    "findings_schema": "editor.schema",
    "generate": "pipeline",
    "generate_all": "pipeline",
    "generate_part": "pipeline",
    "generate_styles": "pipeline",
    "infer": "pipeline",
    "job": "pipeline",
    "load": "catalogue",
    "plan": "output",
    "preset_names": "spec",
    "preset_path": "spec",
    "verify_jobs": "pipeline",
    "read_settings": "settings",
    "report": "diagnostics",
    "set_up": "editor",
    "spec_schema": "editor.schema",
    "write": "output",
}

__all__ = [
    "STYLES",
    "Catalogue",
    "CatalogueError",
    "Checked",
    "Diagnostic",
    "File",
    "Generated",
    "GeneratedPart",
    "GeneratedStyles",
    "Plan",
    "Settings",
    "Source",
    "Span",
    "Target",
    "__version__",
    "job_of_file",
    "check",
    "advise",
    "diff",
    "draw",
    "explain",
    "find_specs",
    "findings_schema",
    "generate",
    "generate_all",
    "generate_part",
    "generate_styles",
    "infer",
    "job",
    "load",
    "plan",
    "preset_names",
    "preset_path",
    "verify_jobs",
    "read_settings",
    "report",
    "set_up",
    "spec_schema",
    "write",
]


def __getattr__(name: str) -> object:
    """Import the package of a public name when the name is first used."""
    if name not in _PACKAGES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"scaffold.{_PACKAGES[name]}"), name)
