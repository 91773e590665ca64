"""KS1xx: the file, and the form of what is in it."""

from scaffold.diagnostics import Code


class KS101(Code):
    """The spec cannot be read.

    What it does:
        Reports a file that is not there, is a directory, a device or a named pipe that
        no program writes to, or may not be opened, and a name that is neither a file
        nor a preset. Generated code is reported where a
        spec should be. Of a generated file that is to be
        verified, it reports that the spec it names is neither beside it nor in the
        working directory. And it reports `specs` in pyproject.toml that no file fits.

    Why:
        There is nothing to check.

    Example:
        $ keras-scaffold check --format short digits.yaml
        digits.yaml: error: the spec cannot be read: no such file or directory [KS101]

    Instead:
        $ keras-scaffold presets cnn > digits.yaml
        $ keras-scaffold check digits.yaml
        1 spec checked, no findings
    """

    name = "unreadable-file"


class KS102(Code):
    r"""The file is not UTF-8 text.

    What it does:
        Reports the first byte that UTF-8 text cannot have.

    Why:
        In another encoding, names and descriptions would arrive as other letters, and
        nobody would notice. An editor can save the file as UTF-8.

    Example:
        $ printf 'inputs: [4] # caf\351\nlayers: [Dense(1)]\n' > cafe.yaml
        $ keras-scaffold check --format short cafe.yaml
        cafe.yaml:1:18: error: the byte 0xe9 is not UTF-8 text [KS102]

    Instead:
        $ printf 'inputs: [4] # caf\303\251\nlayers: [Dense(1)]\n' > cafe.yaml
        $ keras-scaffold check cafe.yaml
        1 spec checked, no findings
    """

    name = "not-utf-8"


class KS103(Code):
    """The file is not well-formed YAML, JSON or TOML.

    What it does:
        Reports the place where the file stops making sense: a bracket without its
        partner, indentation that fits nothing, a key that is no string, a tag, a second
        document.

    Why:
        Where the form is broken, everything behind it would be guessed. It is the one
        kind of fault that hides the others.

    Example:
        inputs: [4
        layers:
          - Dense(1)

    Instead:
        inputs: [4]
        layers:
          - Dense(1)
    """

    name = "malformed-file"


class KS104(Code):
    """A key stands twice in one mapping.

    What it does:
        Reports the second one.

    Why:
        Most readers of YAML and JSON keep one of the two and drop the other without a
        word.

    Example:
        inputs: [4]
        layers:
          - Dense: {units: 8, units: 16}

    Instead:
        inputs: [4]
        layers:
          - Dense: {units: 16}
    """

    name = "repeated-key"


class KS105(Code):
    r"""The spec is larger or deeper than the tool will read.

    What it does:
        Reports a file over 1 MB, more than 10,000 entries, nesting deeper than 64
        levels, YAML aliases that multiply, and numbers of thousands of digits.

    Why:
        A spec may come from somewhere else, and a few bytes of YAML can ask for all the
        memory there is. What recurs is better said as a repeat, and data belongs into a
        file of its own.

    Example:
        $ python3 -c "print('inputs: ' + '[' * 80 + ']' * 80)" > deep.yaml
        $ keras-scaffold check --format short deep.yaml
        deep.yaml:1:72: error: nested more than 64 levels deep [KS105]

    Instead:
        $ printf 'inputs: [4]\nlayers: [Dense(1)]\n' > flat.yaml
        $ keras-scaffold check flat.yaml
        1 spec checked, no findings
    """

    name = "too-much"


class KS106(Code):
    """A key means nothing where it stands.

    What it does:
        Reports unknown keys of the spec, of a block and of an entry, and of
        `[tool.keras-scaffold]` in pyproject.toml.

    Why:
        A key that was mistyped and passed over in silence is a setting that has no
        effect.

    Example:
        descripton: One neuron.
        inputs: [4]
        layers:
          - Dense(1)

    Instead:
        description: One neuron.
        inputs: [4]
        layers:
          - Dense(1)
    """

    name = "unknown-key"


class KS107(Code):
    """A value is of a kind that its key does not take.

    What it does:
        Reports, for keys of the spec itself and for settings, a list where a string is
        wanted, a number where a list is, and the like.
        Arguments of Keras's layers have KS204.

    Why:
        The key cannot mean anything with such a value.

    Example:
        inputs: 28
        layers:
          - Dense(1)

    Instead:
        inputs: [28]
        layers:
          - Dense(1)
    """

    name = "wrong-form"


class KS108(Code):
    """Something that a spec needs is not there.

    What it does:
        Reports a spec without `inputs` or `layers`, an input without a shape, a block
        without `layers`, and an empty file.

    Why:
        No model can be built without it, and no default would be right.

    Example:
        layers:
          - Dense(1)

    Instead:
        inputs: [4]
        layers:
          - Dense(1)
    """

    name = "missing-key"


class KS110(Code):
    """An entry or an expression cannot be read.

    What it does:
        Reports text that is not of the form
        `[NAME =] CALL [* N | for ... in ... | if ... else CALL] [<- NAMES]`, and
        expressions behind `$` that are not Python's.

    Why:
        An entry is read as a call of Python, so brackets and quotes must close. In a
        list in `[ ]`, YAML cuts entries at their commas: one entry a line, each after
        `- `, avoids that.

    Example:
        inputs: [4]
        layers:
          - Dense(8, activation="relu"
          - Dense(1)

    Instead:
        inputs: [4]
        layers:
          - Dense(8, activation="relu")
          - Dense(1)
    """

    name = "bad-syntax"


class KS111(Code):
    """An expression uses a piece of Python that a spec cannot hold.

    What it does:
        Reports attributes, indices, lambdas, comprehensions, f-strings, stars, and
        calls of anything but a plain name.

    Why:
        A spec is data: it is read and never run. Names of Keras need no module in
        front of them.

    Example:
        inputs: [4]
        layers:
          - layers.Dense(8)
          - Dense(1)

    Instead:
        inputs: [4]
        layers:
          - Dense(8)
          - Dense(1)
    """

    name = "beyond-a-spec"


class KS112(Code):
    """An entry in keyed notation does not name exactly one layer.

    What it does:
        Reports a mapping in `layers` with no layer's name for a key, or with several.

    Why:
        An entry is one step. Two layers in one mapping have no order.

    Example:
        inputs: [4]
        layers:
          - Dense: {units: 8}
            Dropout: {rate: 0.5}
          - Dense: {units: 1}

    Instead:
        inputs: [4]
        layers:
          - Dense: {units: 8}
          - Dropout: {rate: 0.5}
          - Dense: {units: 1}
    """

    name = "not-one-layer"


class KS113(Code):
    r"""A setting has a value that it cannot have.

    What it does:
        Reports, under `[tool.keras-scaffold]` in pyproject.toml, a `style` or `backend`
        that there is not, and an `output` or a pattern of `specs` that is no path below
        the directory of that file.

    Why:
        A setting that is passed over in silence has no effect. And a project that came
        from somewhere else is not to say that files outside of it are written: whoever
        wants that says so with `-o`.

    Example:
        $ printf '[tool.keras-scaffold]\nstyle = "subclas"\n' > pyproject.toml
        $ keras-scaffold new cnn --format short
        pyproject.toml:2:9: error: `style` cannot be 'subclas' [KS113]

    Instead:
        $ printf '[tool.keras-scaffold]\nstyle = "subclass"\n' > pyproject.toml
        $ keras-scaffold new cnn
           create  cnn.py (subclass)
             next  ...
    """

    name = "wrong-setting"


class KS114(Code):
    """The file is something else than a spec.

    What it does:
        Reports a file of Python code, a class or a function of Python below `layers`,
        a model as `model.to_json()` writes it, and TOML in a file whose name says YAML
        or JSON. Its help has the shapes and the entries of the spec.

    Why:
        None of its lines can be read as a spec. Code of Keras inside of a spec is
        recognized as well, and reported where it is (KS110, KS111, KS201...), with the
        line to write instead.

    Example:
        model = Sequential([
            layers.Dense(8, input_shape=(4,)),
            layers.Dense(1),
        ])

    Instead:
        inputs: [4]
        layers:
          - Dense(8)
          - Dense(1)
    """

    name = "not-a-spec"
