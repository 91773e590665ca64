"""KS6xx: the files to be written."""

from scaffold.diagnostics import Code


class KS601(Code):
    """The file was edited, or is not the tool's.

    What it does:
        Reports a file that would be replaced although its text is not what was
        generated. Nothing is written.

    Why:
        Edits would be lost. `--diff` shows what would change, `--force` replaces the
        file, and `-o` names another.

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
    """The file, or a directory on the way to it, is a symbolic link.

    What it does:
        Reports links below the directory that is written to, and a file that is a link
        itself.

    Why:
        What a link leads to may be far outside of the place that was meant.

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
    """Something else than a file is in the file's place.

    What it does:
        Reports a directory, a pipe or a device where a file is to be written.

    Why:
        It cannot be replaced by a file without destroying it.

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
        path that is no directory, and what else the system refuses. No file is changed:
        all are written, or none.

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
    """The file is outside of the directory that was asked for.

    What it does:
        Reports a path that leaves the directory by way of `..`, or lies elsewhere.

    Why:
        Whoever asks for files in a directory wants none beside it.

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
    """A script of that name would hide a module that it imports.

    What it does:
        Reports file names such as `keras.py` and `numpy.py`, those of Python's own
        modules, and that of a module which the spec names under `imports`. Names that
        Windows keeps for devices (`con.py`, `nul.py`) are reported on every system.

    Why:
        Python looks for modules beside the script first: `import keras` would find the
        script itself.

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
        Reports an `-o` that names the spec, whether or not `--force` is given.

    Why:
        Code would take the place of what it is made from.

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
    r"""Two specs would be written to one file.

    What it does:
        Reports a spec whose model is called like that of another one, where both are
        given to `new` at once. Nothing is written.

    Why:
        The file would be that of the last one, and nobody would see it.

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
    r"""A file of an editor's cannot be added to.

    What it does:
        Reports a file of settings that is not what the editor reads (JSON with
        comments, or XML), has something else where a list or an object is needed, or
        says that it is of another version. Nothing is written.

    Why:
        What is in the file would be lost, or the editor could not read it.

    Example:
        $ mkdir .vscode
        $ echo '{"tasks": [}' > .vscode/tasks.json
        $ keras-scaffold editor vscode
        error[KS611]: a value should stand here
         --> .vscode/tasks.json:1:12
          |
        1 | {"tasks": [}
          |            ^
          = help: mend it there, or move the file away

    Instead:
        $ mkdir .vscode
        $ echo '{"tasks": []}' > .vscode/tasks.json
        $ keras-scaffold editor vscode
           create  .keras-scaffold/spec.schema.json
           create  .keras-scaffold/written.json
           create  .vscode/extensions.json
           create  .vscode/settings.json
           update  .vscode/tasks.json
             next  ...
    """

    name = "unreadable-settings"


class KS612(Code):
    r"""A picture cannot be written as SVG.

    What it does:
        Reports `diagram -o model.svg` where Graphviz for Python is not installed, or
        fails because its parts do not fit each other; and models of more than 1,500
        boxes and lines.

    Why:
        Somebody has to find places for boxes and lines. For Mermaid, and for Graphviz's
        own files, that is whoever shows them, so these can be had without it.

    Example:
        $ (printf 'inputs: [4]\nlayers:\n'; yes -- '- Dense(4)' | head -n 900) > t.yaml
        $ keras-scaffold diagram t.yaml -o t.svg
        error[KS612]: 901 boxes and 900 lines are too many for one SVG
        --> t.svg
         = help: put what repeats into a block or a row (`* 3`), or take --format dot

    Instead:
        $ printf 'inputs: [4]\nlayers: [Dense(4) * 900]\n' > t.yaml
        $ keras-scaffold diagram t.yaml -o t.svg
           create  t.svg
    """

    name = "no-layout"


class KS617(Code):
    """The file that is there is too large to be replaced.

    What it does:
        Reports a file of more than 16 MiB where a file is to be written, `--force` or
        not.

    Why:
        What is there is compared with what is to be written before anything is
        replaced, and no file of that size comes from this tool.

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
