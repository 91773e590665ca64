"""KS6xx: the files to be written."""

from scaffold.diagnostics import Code


class KS601(Code):
    """The file was edited, or was not generated.

    What it does:
        Reports a file that would be replaced although its text is not the generated
        text. Nothing is written.

    Why:
        Edits would be lost. `--diff` shows what would change, `--force` replaces the
        file, and `-o` names another file.

    Example:
        $ keras-scaffold new cnn -o model.py
           create  model.py (sequential)
             next  ...
        $ echo '# Mine.' >> model.py
        $ keras-scaffold new cnn -o model.py
         conflict  model.py (sequential)
        error[KS601]: the file was edited since it was generated
        --> model.py
         = help: use --diff to see the changes, --force to replace the file

    Instead:
        $ keras-scaffold new cnn -o model.py
           create  model.py (sequential)
             next  ...
        $ echo '# Mine.' >> model.py
        $ keras-scaffold new cnn -o model.py --force
            force  model.py (sequential)
             next  ...
    """

    name = "edited-file"


class KS602(Code):
    """The file, or a directory in its path, is a symbolic link.

    What it does:
        Reports links below the output directory, and a file that is a link itself.

    Why:
        The target of a link may be far outside the intended directory.

    Example:
        $ ln -s elsewhere.py model.py
        $ keras-scaffold new cnn -o model.py
        error[KS602]: the file is a symbolic link to `elsewhere.py`
        --> model.py
         = help: use the path of the file that it points to, or remove the link

    Instead:
        $ keras-scaffold new cnn -o elsewhere.py
           create  elsewhere.py (sequential)
             next  ...
    """

    name = "symbolic-link"


class KS603(Code):
    """The path of the file is a directory, a pipe or a device.

    What it does:
        Reports a directory, a pipe or a device where a file is to be written.

    Why:
        Replacing it with a file would destroy it.

    Example:
        $ mkdir cnn.py
        $ keras-scaffold new cnn
        error[KS603]: the output path is a directory
        --> cnn.py
         = help: choose another path, or remove it

    Instead:
        $ mkdir models
        $ keras-scaffold new cnn -o models
           create  models/cnn.py (sequential)
             next  ...
    """

    name = "not-a-file"


class KS604(Code):
    """The file cannot be written.

    What it does:
        Reports missing permission, a full disk, a path that is too long, a part of the
        path that is not a directory, and other errors of the operating system. No file
        is changed: either all files are written, or none.

    Why:
        Half a project is worse than none.

    Example:
        $ touch notes
        $ keras-scaffold new cnn -o notes/model.py
        error[KS604]: the file cannot be written: a component of its path is a file...
        --> notes/model.py
         = help: choose another path

    Instead:
        $ mkdir notes
        $ keras-scaffold new cnn -o notes/model.py
           create  notes/model.py (sequential)
             next  ...
    """

    name = "unwritable-file"


class KS605(Code):
    """The file is outside the output directory.

    What it does:
        Reports a path that leaves the directory through `..`, or is elsewhere.

    Why:
        No file may be written outside the directory that was requested.

    Example:
        >>> from pathlib import Path
        >>> from scaffold import Target, plan
        >>> planned = plan([Target(Path("models/../a.py"), "")], root=Path("models"))
        >>> [finding.code for finding in planned.diagnostics]
        ['KS605']

    Instead:
        >>> from pathlib import Path
        >>> from scaffold import Target, plan
        >>> planned = plan([Target(Path("models/a.py"), "")], root=Path("models"))
        >>> planned.diagnostics
        ()
    """

    name = "outside-of-root"


class KS606(Code):
    """A script with this name would hide a module that it imports.

    What it does:
        Reports file names such as `keras.py` and `numpy.py`, names of Python's standard
        modules, and the name of a module that the spec names under `imports`. Names
        that Windows reserves for devices (`con.py`, `nul.py`) are reported on every
        system.

    Why:
        Python searches the directory of the script first: `import keras` would import
        the script itself.

    Example:
        $ keras-scaffold new cnn -o keras.py
        error[KS606]: a script `keras.py` would shadow the module `keras`
        --> keras.py
         = help: choose another name with -o

    Instead:
        $ keras-scaffold new cnn -o cnn.py
           create  cnn.py (sequential)
             next  ...
    """

    name = "hidden-module"


class KS607(Code):
    r"""The file to be written is the spec itself.

    What it does:
        Reports an `-o` that names the spec, with or without `--force`.

    Why:
        The code would replace the spec that it is generated from.

    Example:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\n' > line.py
        $ keras-scaffold new line.py -o line.py --force
        error[KS607]: this is the spec itself: the code would overwrite it
        --> line.py
         = help: choose another file with -o

    Instead:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\n' > line.yaml
        $ keras-scaffold new line.yaml -o line.py
           create  line.py (sequential)
             next  ...
    """

    name = "target-is-spec"


class KS610(Code):
    r"""Two specs would be written to the same file.

    What it does:
        Reports a spec whose model has the same name as that of another spec in the same
        `new` command. Nothing is written.

    Why:
        The code of the last spec would silently replace that of the first.

    Example:
        $ printf 'name: a\ninputs: [4]\nlayers: [Dense(1)]\n' > one.yaml
        $ printf 'name: a\ninputs: [4]\nlayers: [Dense(2)]\n' > two.yaml
        $ keras-scaffold new one.yaml two.yaml
        error[KS610]: its output file, `a.py`, is also that of `one.yaml`
        --> two.yaml
         = help: set a different `name` in one of them

    Instead:
        $ printf 'name: a\ninputs: [4]\nlayers: [Dense(1)]\n' > one.yaml
        $ printf 'name: b\ninputs: [4]\nlayers: [Dense(2)]\n' > two.yaml
        $ keras-scaffold new one.yaml two.yaml
           create  a.py (sequential)
           create  b.py (sequential)
    """

    name = "same-file"


class KS611(Code):
    r"""The settings file of an editor cannot be extended.

    What it does:
        Reports a settings file that is not in the editor's format (JSON with comments,
        or XML), has another value where a list or an object is needed, or has another
        version. Nothing is written.

    Why:
        The content of the file would be lost, or the editor could not read it.

    Example:
        $ mkdir .vscode
        $ echo '{"tasks": [}' > .vscode/tasks.json
        $ keras-scaffold editor vscode
        error[KS611]: expected a value
         --> .vscode/tasks.json:1:12
          |
        1 | {"tasks": [}
          |            ^
          = help: fix the file, or move it away

    Instead:
        $ mkdir .vscode
        $ echo '{"tasks": []}' > .vscode/tasks.json
        $ keras-scaffold editor vscode
           create  .keras-scaffold/spec.schema.json
           create  .keras-scaffold/written.json
           create  .vscode/extensions.json
           create  .vscode/settings.json
           update  .vscode/tasks.json
           covers  ...
                   ...
           others  ...
             next  ...
    """

    name = "unreadable-settings"


class KS612(Code):
    r"""A diagram cannot be written as SVG.

    What it does:
        Reports `diagram -o model.svg` if Graphviz for Python is not installed, or fails
        because its packages do not work together; and models of more than 1,500 boxes
        and lines.

    Why:
        An SVG file needs a layout of boxes and lines. The program that displays Mermaid
        or Graphviz files computes their layout, so these formats do not need it.

    Example:
        $ (printf 'inputs: [4]\nlayers:\n'; yes -- '- Dense(4)' | head -n 900) > t.yaml
        $ keras-scaffold diagram t.yaml -o t.svg
        error[KS612]: 901 boxes and 900 edges are too many for one SVG
        --> t.svg
         = help: use a block or a repeat (`* 3`), or use --format dot

    Instead:
        $ printf 'inputs: [4]\nlayers: [Dense(4) * 900]\n' > t.yaml
        $ keras-scaffold diagram t.yaml -o t.svg
           create  t.svg
    """

    name = "no-layout"


class KS617(Code):
    """The existing file is too large to be replaced.

    What it does:
        Reports a file of more than 16 MiB where a file is to be written, with or
        without `--force`.

    Why:
        The existing file is compared with the new text before it is replaced, and
        keras-scaffold writes no file of this size.

    Example:
        $ head -c 17000000 /dev/zero > cnn.py
        $ keras-scaffold new cnn
        error[KS617]: the existing file is larger than 16,777,216 bytes
        --> cnn.py
         = help: choose another path, or remove the existing file

    Instead:
        $ keras-scaffold new cnn -o net.py
           create  net.py (sequential)
             next  ...
    """

    name = "large-file"
