"""Names of subcommands."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from scaffold.cli.main import cli


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("neww", "no command `neww`: did you mean `new`?"),
        ("Verify", "no command `Verify`: did you mean `verify`?"),
        ("xyzzy", "No such command 'xyzzy'."),
    ],
)
def test_unknown_command(name: str, message: str) -> None:
    """A similar command is suggested, and an unknown one is wrong usage."""
    result = CliRunner().invoke(cli, [name])
    assert result.exit_code == 2 and message in result.stderr
