"""Strings that would do harm if they were ever taken for code, and their places."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

SENTINEL = "pwned"
"""What no name, attribute, argument or comment of the code may hold."""

_CALL = f"{SENTINEL}()"
_PIECES = (
    *(f'"""{_CALL}"""', f"'''\n{_CALL}\n'''", f'"; {_CALL}; "', f"' + {_CALL} + '"),
    *(
        f'\\"""{_CALL}',
        f"\\\\'{_CALL}",
        f'"\\\n{_CALL}\n',
        f"\r\n{_CALL}\r",
        f")\n{_CALL}",
    ),
    *(
        f"{{{{ {_CALL} }}}}",
        f"{{% set x = {_CALL} %}}",
        "{% raw %}",
        "{# ",
        f"{{{_CALL}}}",
    ),
    *(
        f"# type: {SENTINEL}",
        "# noqa",
        "# fmt: off",
        f"# @digest@ {SENTINEL}",
        "#!/bin",
    ),
    *(
        f"\0{_CALL}",
        "\u2028",
        f"\x85{_CALL}",
        "\x0c",
        "\x1b[31m",
        "\u202e",
        "\ufeff",
        "\x7f",
    ),
    *("\\N{BULLET}", "\\x22", "\\u0022", "%s%d", "{0}", "$", "$$", "\\", "'", '"', "`"),
    *("größer", "😀", "ｗｉｄｅ", "e\u0301", "\U000e0041", "\xa0", "x" * 90, "-" * 200),
    *(f"f'{{{_CALL}}}'", f"L2({_CALL})", f"Adam({_CALL})", f"__import__('{SENTINEL}')"),
    *("Args:", "Returns:", "Note", "A sentence. ", "coding: latin-1", "-*-", "\t", " "),
    *(
        "true",
        "null",
        "1e-3",
        "~",
        "<<",
        "*a",
        "&a",
        "!!str",
        "? ",
        ": ",
        "- ",
        "|",
        ">",
    ),
)
hostile = st.one_of(
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5).map("".join),
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
)
"""Strings for places where any string will do."""

bad_names = st.one_of(
    st.sampled_from(_PIECES),
    st.sampled_from(
        [
            *(
                "",
                "_",
                "__",
                "class",
                "None",
                "none",
                "True",
                "a b",
                "a-b",
                "a.b",
                "1a",
            ),
            *("a" * 61, "a" * 5000, "ä", "ﬁ", "self", "keras", "layers", "x", "inputs"),
            *("super", "build", "call", "__class__", "__init__", "model", "main", "np"),
            *("build_model", "name", "output", "print", "kwargs", "training", "match"),
            f"a={_CALL}, b",
            f"a): {_CALL} #",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
"""Names that most places have to refuse."""


def spec(strings: list[str], names: dict[str, str]) -> dict[str, Any]:
    """Makes a spec with a string in each place that takes any, and names.

    Args:
        strings: At least eight strings.
        names: Names by their places; a place that is not there has a good one.
    """
    name = {
        "model": "victim",
        "layer": "lookup",
        "param": "token",
        "import": "Mine",
        "module": "own.layers",
        "class": "Mine",
        "argument": "note",
        "input": "text",
        "option": "dtype",
    } | names
    return {
        "name": name["model"],
        "description": strings[0],
        "params": {name["param"]: strings[1]},
        "imports": {name["import"]: f"{name['module']}:{name['class']}"},
        "inputs": {name["input"]: {"shape": [1], name["option"]: "string"}},
        "layers": [
            {
                "StringLookup": {
                    "vocabulary": [strings[2], strings[3] + "!", "x"],
                    "oov_token": f"${name['param']}",
                },
                "name": name["layer"],
            },
            {
                name["import"]: {
                    name["argument"]: [
                        strings[4],
                        {"a plain key": 0, strings[5]: strings[6]},
                    ]
                }
            },
            {"Dense": {"units": 1}},
        ],
        "compile": {"optimizer": "adam", "loss": "mse"},
        "train": {
            "data": f"{strings[7]}.csv",
            "callbacks": [{"CSVLogger": {"filename": strings[6]}}],
        },
    }
