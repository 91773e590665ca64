"""JSON with comments as people write it: any layout, comments anywhere."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

KEYS = st.sampled_from(["tasks", "version", "a b", "inputs", "ü", 'q"uote', "// no"])
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-999, 999),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(["/* no */", "http://a", "}", "],", "C:\\"]),
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=8,
)
GAPS = st.sampled_from(
    ["", "", " ", "\t", "END", "END  ", "// note END", "/* note */", "/* x END y */ "]
)


@st.composite
def files(draw: st.DrawFn, values: st.SearchStrategy[Any] = VALUES) -> tuple[str, Any]:
    """Gives the text of a file, and the value in it."""
    value = draw(values)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    body = draw(GAPS) + draw(written(value)) + draw(GAPS)
    mark = "\ufeff" if draw(st.booleans()) else ""
    return mark + body.replace("END", end), value


@st.composite
def written(draw: st.DrawFn, value: Any) -> str:
    """Writes a value, with gaps of any kind."""
    if isinstance(value, dict):
        parts = [
            f"{json.dumps(key)}{draw(GAPS)}:{draw(GAPS)}{draw(written(item))}"
            for key, item in value.items()
        ]
        opening, closing = "{", "}"
    elif isinstance(value, list):
        parts = [draw(written(item)) for item in value]
        opening, closing = "[", "]"
    else:
        # A newline in a string is written as an escape, and so is what looks like ours.
        return json.dumps(value, ensure_ascii=draw(st.booleans())).replace("END", "end")
    body = ",".join(f"{draw(GAPS)}{part}{draw(GAPS)}" for part in parts)
    comma = draw(st.sampled_from(["", ","])) if parts else ""
    return f"{opening}{body}{comma}{draw(GAPS)}{closing}"
