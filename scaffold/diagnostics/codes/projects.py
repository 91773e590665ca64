"""KS6xx: the projects to be written."""

from scaffold.diagnostics import Code


class KS608(Code):
    """The name of a directory cannot be the name of a package.

    What it does:
        Reports a directory for `init` whose name, with `_` for `-`, is not an
        identifier, or is the name of a keyword, a standard module of Python, or a
        package that the project uses.

    Why:
        The project's package has the name of its directory, and could not be imported.

    Example:
        $ keras-scaffold init random
        error[KS608]: `random` cannot be a package: it is a standard library module
        --> random
         = help: use another name, such as `keras-scaffold init my_random`

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
        A project trains its model as the spec specifies.

    Example:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\n' > line.yaml
        $ keras-scaffold init lines --spec line.yaml
        error[KS609]: the spec has no loss, which a project needs to train its model
         --> line.yaml:1:1
          |
        1 | inputs: [4]
          | ^
          = help: add a loss, such as `compile: {optimizer: adam, loss: mse}`

    Instead:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\ncompile: {loss: mse}\n' > line.yaml
        $ keras-scaffold init lines --spec line.yaml 2>&1 | tail -n 2
             next  cd lines && make train
             next  cd lines && make test
    """

    name = "no-loss"


class KS625(Code):
    r"""A module of a spec's layers has a name that the project uses.

    What it does:
        Reports a spec for `init` whose `imports` come from a module next to it (or from
        one that such a module imports) that has the name of the project's package, or
        of a package that the project uses.

    Why:
        The modules are copied next to the project's package, where Python finds only
        one of two modules with the same name.

    Example:
        $ echo 'class Double: ...' > keras.py
        $ printf 'inputs: [4]\nimports: {Double: "keras:Double"}\n' > own.yaml
        $ printf 'layers: [Double, Dense(1)]\ncompile: {loss: mse}\n' >> own.yaml
        $ keras-scaffold init trial --spec own.yaml
        error[KS625]: `keras` beside the spec cannot have this name in a project
         --> own.yaml:2:11
          |
        2 | imports: {Double: "keras:Double"}
          |           ^^^^^^
          = help: rename the module: the project uses another package with that name

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
        Reports a spec for `init` if its data file (`data` under `train`) or a module of
        its layers does not exist, cannot be read, or would be outside the project, or
        if these files have more than 64 MiB together.

    Why:
        A project contains all files that it needs, and trains on the data of its spec.

    Example:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\n' > line.yaml
        $ printf 'compile: {loss: mse}\ntrain: {data: line.csv}\n' >> line.yaml
        $ keras-scaffold init lines --spec line.yaml
        error[KS626]: `line.csv` cannot be read: no such file
         --> line.yaml:4:1
          |
        4 | train: {data: line.csv}
          | ^^^^^
          = help: put the file beside the spec

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
        Warns about a spec for `init` whose `imports`, or the modules that they come
        from, name a module that is neither next to the spec nor installed.

    Why:
        A module next to the spec is copied into the project, and an installed package
        becomes a dependency. It is unknown how to install any other module.

    Example:
        $ printf 'inputs: [4]\nimports: {Double: "doubling:Double"}\n' > own.yaml
        $ printf 'layers: [Double, Dense(1)]\ncompile: {loss: mse}\n' >> own.yaml
        $ keras-scaffold init trial --spec own.yaml 2>&1 | head -n 6
        warning[KS627]: the module `doubling` is neither beside the spec nor installed
         --> own.yaml:2:11
          |
        2 | imports: {Double: "doubling:Double"}
          |           ^^^^^^
          = help: put it beside the spec, or add its package to `dependencies`

    Instead:
        $ echo 'class Double: ...' > doubling.py
        $ printf 'inputs: [4]\nimports: {Double: "doubling:Double"}\n' > own.yaml
        $ printf 'layers: [Double, Dense(1)]\ncompile: {loss: mse}\n' >> own.yaml
        $ keras-scaffold init trial --spec own.yaml 2>&1 | tail -n 2
             next  cd trial && make train
             next  cd trial && make test
    """

    name = "unknown-module"
