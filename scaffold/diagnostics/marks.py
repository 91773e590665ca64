"""The lines around the findings of a round, by which editors tell rounds apart.

`new --watch` prints them on stderr, and what is set up in editors waits for them.
"""

BEGIN = "keras-scaffold: regenerating "
"""What a line begins with before specs are read again; their names follow."""

END = "keras-scaffold: waiting for changes"
"""The line when all is written that can be."""
