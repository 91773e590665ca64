"""A shell with a person at its keyboard, who presses the tab key."""

from __future__ import annotations

from tests.tools.terminal import Terminal

BASH = r"""
PS1='no''w:'
bind 'set bell-style none'
bind 'set enable-bracketed-paste off'
show() { printf '<<<%s>>>\n' "$READLINE_LINE"; READLINE_LINE=; }
bind -x '"\C-t": show'
"""
"""What bash reads at its start: a prompt to wait for, and a key that shows the line."""

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
"""The same for zsh, with a key for all candidates (^X) and one for a list (^D)."""


class Shell:
    """A shell that reads the script at its start, with a person at its keyboard."""

    def __init__(self, terminal: Terminal) -> None:
        """Waits until it is there."""
        self._terminal = terminal
        terminal.until("now:")

    def complete(self, typed: str, key: str = "\t") -> str:
        """Types, presses a key, and gives what the line is then."""
        self._terminal.type(f"{typed}{key}\x14")
        self._terminal.until("<<<")
        line = self._terminal.until(">>>")
        self._terminal.until("now:")
        return line

    def listed(self, typed: str, key: str) -> str:
        """Types, presses a key, and gives what is shown below the line."""
        self._terminal.type(f"{typed}{key}\x14")
        shown = self._terminal.until("<<<")
        self._terminal.until("now:")
        return shown
