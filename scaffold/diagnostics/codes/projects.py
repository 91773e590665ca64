"""KS6xx: the projects to be written."""

from scaffold.diagnostics import Code


class KS608(Code):
    """A directory's name cannot be that of a package.

    What it does:
        Reports a directory for `init` whose name, with `_` for `-`, is no identifier, a
        keyword, a module of Python's standard library, or a package that the project
        needs itself.

    Why:
        The project's package is called like its directory, and could not be imported.

    Example:
        $ keras-scaffold init random
        error[KS608]: `random` cannot be a package: Python has a module of that name
        --> random
         = help: take another name, such as `keras-scaffold init my_random`

    Instead:
        $ keras-scaffold init my_random 2>&1 | tail -n 2
             next  cd my_random && make train
             next  cd my_random && make test
    """

    name = "package-name"


class KS609(Code):
    r"""A project cannot train a model whose spec has no loss.

    What it does:
        Reports a spec for `init` without a `loss` under `compile`.

    Why:
        A project trains its model, by what the spec says.

    Example:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\n' > line.yaml
        $ keras-scaffold init lines --spec line.yaml
        error[KS609]: a project trains its model, and this spec has no loss
         --> line.yaml:1:1
          |
        1 | inputs: [4]
          | ^
          = help: add `compile: {optimizer: adam, loss: mean_squared_error}` or the like

    Instead:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\ncompile: {loss: mse}\n' > line.yaml
        $ keras-scaffold init lines --spec line.yaml 2>&1 | tail -n 2
             next  cd lines && make train
             next  cd lines && make test
    """

    name = "no-loss"


class KS625(Code):
    r"""A module of a spec's layers cannot have its name in a project.

    What it does:
        Reports a spec for `init` whose `imports` come from a module beside it (or from
        one that such a module imports) that is called like the project's package, or
        like a package that the project uses itself.

    Why:
        The modules are copied beside the project's package, where Python could find one
        of two that have the same name.

    Example:
        $ echo 'class Double: ...' > keras.py
        $ printf 'inputs: [4]\nimports: {Double: "keras:Double"}\n' > own.yaml
        $ printf 'layers: [Double, Dense(1)]\ncompile: {loss: mse}\n' >> own.yaml
        $ keras-scaffold init trial --spec own.yaml
        error[KS625]: `keras`, beside the spec, cannot have that name in a project
         --> own.yaml:2:11
          |
        2 | imports: {Double: "keras:Double"}
          |           ^^^^^^
          = help: rename the module: the project uses another package of that name

    Instead:
        $ echo 'class Double: ...' > doubling.py
        $ printf 'inputs: [4]\nimports: {Double: "doubling:Double"}\n' > own.yaml
        $ printf 'layers: [Double, Dense(1)]\ncompile: {loss: mse}\n' >> own.yaml
        $ keras-scaffold init trial --spec own.yaml 2>&1 | tail -n 2
             next  cd trial && make train
             next  cd trial && make test
    """

    name = "module-name"


class KS626(Code):
    r"""A file that a spec names cannot be copied into its project.

    What it does:
        Reports a spec for `init` whose examples (`data` under `train`), or a module of
        whose layers, are not there, cannot be read, would be outside of the project, or
        have more than 64 MiB together.

    Why:
        A project has all that it needs, and trains on the examples of its spec.

    Example:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\n' > line.yaml
        $ printf 'compile: {loss: mse}\ntrain: {data: line.csv}\n' >> line.yaml
        $ keras-scaffold init lines --spec line.yaml
        error[KS626]: `line.csv` cannot be read: there is no such file
         --> line.yaml:4:1
          |
        4 | train: {data: line.csv}
          | ^^^^^
          = help: put the file there: what a spec names lies beside it

    Instead:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\n' > line.yaml
        $ printf 'compile: {loss: mse}\ntrain: {data: line.csv}\n' >> line.yaml
        $ printf 'a,b,c,d,y\n1,2,3,4,5\n2,3,4,5,6\n3,4,5,6,7\n' > line.csv
        $ keras-scaffold init lines --spec line.yaml 2>&1 | tail -n 2
             next  cd lines && make train
             next  cd lines && make test
    """

    name = "missing-file"


class KS627(Code):
    r"""A module of a spec's layers was not found.

    What it does:
        Warns of a spec for `init` whose `imports`, or the modules that they come from,
        name a module that is neither beside the spec nor installed.

    Why:
        A module beside the spec is copied into the project, and an installed package
        becomes one of its dependencies. Of another one it is not known how to get it.

    Example:
        $ printf 'inputs: [4]\nimports: {Double: "doubling:Double"}\n' > own.yaml
        $ printf 'layers: [Double, Dense(1)]\ncompile: {loss: mse}\n' >> own.yaml
        $ keras-scaffold init trial --spec own.yaml 2>&1 | head -n 6
        warning[KS627]: the module `doubling` is neither beside the spec nor installed
         --> own.yaml:2:11
          |
        2 | imports: {Double: "doubling:Double"}
          |           ^^^^^^
          = help: put it beside the spec, or its package into `dependencies`

    Instead:
        $ echo 'class Double: ...' > doubling.py
        $ printf 'inputs: [4]\nimports: {Double: "doubling:Double"}\n' > own.yaml
        $ printf 'layers: [Double, Dense(1)]\ncompile: {loss: mse}\n' >> own.yaml
        $ keras-scaffold init trial --spec own.yaml 2>&1 | tail -n 2
             next  cd trial && make train
             next  cd trial && make test
    """

    name = "unknown-module"
