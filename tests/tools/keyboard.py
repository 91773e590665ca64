"""Simulates a user who presses the tab key in a shell."""

from __future__ import annotations

from tests.tools.terminal import Terminal

BASH = r"""
PS1='no''w:'
bind 'set bell-style none'
bind 'set enable-bracketed-paste off'
show() { printf '<<<%s>>>\n' "$READLINE_LINE"; READLINE_LINE=; }
bind -x '"\C-t": show'
"""
"""The start script of bash: a prompt to wait for, and a key that shows the line."""

ZSH = r"""
PS1='no''w:'
unsetopt beep prompt_sp
unset zle_bracketed_paste
show() { zle -I; print -r -- "<<<$BUFFER>>>"; BUFFER= }
zle -N show
bindkey '^T' show
every() { _main_complete; compstate[insert]=all }
zle -C every complete-word every
bindkey '^X' every
bindkey '^D' list-choices
"""
"""The start script of zsh, also with keys for all candidates (^X) and a list (^D)."""


class Shell:
    """A shell with a simulated user; it runs the script at its start."""

    def __init__(self, terminal: Terminal) -> None:
        """Wait for the prompt."""
        self._terminal = terminal
        terminal.until("now:")

    def complete(self, typed: str, key: str = "\t") -> str:
        """Type a text, press a key, and return the line after that."""
        self._terminal.type(f"{typed}{key}\x14")
        self._terminal.until("<<<")
        line = self._terminal.until(">>>")
        self._terminal.until("now:")
        return line

    def listed(self, typed: str, key: str) -> str:
        """Type a text, press a key, and return the output below the line."""
        self._terminal.type(f"{typed}{key}\x14")
        shown = self._terminal.until("<<<")
        self._terminal.until("now:")
        return shown
