"""From a spec's text to Keras source: the one place where the stages are joined."""

from scaffold.pipeline.checking import check, compare, infer
from scaffold.pipeline.generating import generate, generate_all, generate_part
from scaffold.pipeline.types import Checked, File, Generated, GeneratedPart, Source
from scaffold.pipeline.verifying import by_itself, job, prove

__all__ = [
    "Checked",
    "File",
    "Generated",
    "GeneratedPart",
    "Source",
    "by_itself",
    "check",
    "compare",
    "generate",
    "generate_all",
    "generate_part",
    "infer",
    "job",
    "prove",
]
