"""KS1xx: the file, and the form of its content."""

from scaffold.diagnostics import Code


class KS101(Code):
    """The spec cannot be read.

    What it does:
        Reports a file that does not exist, is a directory, a device or a named pipe
        that no program writes to, or cannot be opened; a name that is neither a file
        nor a preset; generated code where a spec is expected; a generated file to be
        verified whose spec is neither next to it nor in the working directory; and
        `specs` in pyproject.toml that match no file.

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
        Reports the first byte that is not valid in UTF-8 text.

    Why:
        With another encoding, names and descriptions would silently be read as other
        letters. Editors can save a file as UTF-8.

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
        Reports where the file becomes invalid: an unmatched bracket, indentation that
        matches no other line, a key that is not a string, a tag, a second document.

    Why:
        Everything after an invalid part would be guessed. This is the only kind of
        error that hides others.

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
    """A mapping has the same key twice.

    What it does:
        Reports the second key.

    Why:
        Most YAML and JSON parsers keep one of the two and silently drop the other.

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
    r"""The spec is too large or too deeply nested.

    What it does:
        Reports a file over 1 MB, more than 10,000 entries, nesting deeper than 64
        levels, YAML aliases that multiply, and numbers of thousands of digits.

    Why:
        A spec may come from an untrusted source, and a few bytes of YAML can use up all
        memory. Write recurring layers as a repeat, and keep data in a separate file.

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
    """A key is unknown in its mapping.

    What it does:
        Reports unknown keys of the spec, of a block and of an entry, and of
        `[tool.keras-scaffold]` in pyproject.toml.

    Why:
        A mistyped key that is silently ignored is a setting without effect.

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
    """A value has the wrong type for its key.

    What it does:
        Reports, for keys of the spec itself and for settings, a list instead of a
        string, a number instead of a list, and so on. Arguments of Keras layers are
        reported as KS204.

    Why:
        The key has no meaning with such a value.

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
    """A required key is missing.

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
        expressions after `$` that are not valid Python.

    Why:
        An entry is parsed as a Python call, so brackets and quotes must be closed. In a
        list in `[ ]`, YAML splits entries at their commas: to avoid that, write one
        entry per line, each after `- `.

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
    """An expression uses Python syntax that a spec does not support.

    What it does:
        Reports attributes, indices, lambdas, comprehensions, f-strings, stars, and
        calls of anything but a plain name.

    Why:
        A spec is data: it is read and never run. Keras names have no module prefix.

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
        Reports a mapping in `layers` whose keys contain no layer name, or several.

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
    r"""A setting has an invalid value.

    What it does:
        Reports, under `[tool.keras-scaffold]` in pyproject.toml, an unknown `style` or
        `backend`, and an `output` or a pattern of `specs` that is not a path below the
        directory of that file.

    Why:
        A setting that is silently ignored has no effect. And a project from another
        source must not make keras-scaffold write files outside it: use `-o` for that.

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
    """The file is not a spec.

    What it does:
        Reports a file of Python code, a Python class or function below `layers`, a
        model as `model.to_json()` writes it, and TOML in a file with a YAML or JSON
        extension. The help has the shapes and the entries of the spec.

    Why:
        None of its lines can be read as a spec. Keras code inside a spec is recognized
        as well, and reported at its line (KS110, KS111, KS201...), with the line to
        write instead.

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
