"""The lines around the findings of one run of `new --watch`.

`new --watch` prints them on stderr. The problem matchers of editors use them to
separate the runs.
"""

BEGIN = "keras-scaffold: regenerating "
"""The start of the line before specs are read again; the names of the specs follow."""

END = "keras-scaffold: waiting for changes"
"""The line after all files are written."""
