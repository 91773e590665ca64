"""The starter kit: from a spec to a project that trains it."""

from scaffold.kit.project import ProjectRequest, furnish
from scaffold.kit.types import EDITORS, Editor

__all__ = ["EDITORS", "Editor", "ProjectRequest", "furnish"]
