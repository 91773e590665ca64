"""Settings of editors: tasks, problem matchers, and the schema of specs.

setup = set_up("vscode", root, specs)
if not setup.diagnostics:
    planned = plan(setup.targets, root=root, settle=setup.resolve_conflict)

After writing the plan, remove the files in `setup.obsolete`.
"""

from scaffold.editor.setup import set_up
from scaffold.editor.types import EDITORS, Editor, EditorSetup

__all__ = ["EDITORS", "Editor", "EditorSetup", "set_up"]
