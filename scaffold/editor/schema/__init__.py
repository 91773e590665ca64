"""JSON Schemas of specs and findings, built from the code that checks specs."""

from scaffold.editor.schema.findings import findings_schema
from scaffold.editor.schema.metadata import is_generated
from scaffold.editor.schema.spec import spec_schema
from scaffold.editor.schema.writing import write_schema

__all__ = ["findings_schema", "is_generated", "spec_schema", "write_schema"]
