"""The stages from the text of a spec to Keras source, joined only here."""

from scaffold.pipeline.checking import advise, check, infer
from scaffold.pipeline.every_style import generate_styles
from scaffold.pipeline.generating import generate, generate_all, generate_part
from scaffold.pipeline.types import (
    Checked,
    File,
    Generated,
    GeneratedPart,
    GeneratedStyles,
    Source,
)
from scaffold.pipeline.verifying import job, job_of_file, verify_jobs

__all__ = [
    "Checked",
    "File",
    "Generated",
    "GeneratedPart",
    "GeneratedStyles",
    "Source",
    "job_of_file",
    "check",
    "advise",
    "generate",
    "generate_all",
    "generate_part",
    "generate_styles",
    "infer",
    "job",
    "verify_jobs",
]
