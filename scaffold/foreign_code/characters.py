"""Replace typographic characters, as from web pages, by those of code."""

from __future__ import annotations

import re

_PLAIN = {
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\uff07", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009", " "),
    **dict.fromkeys("\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    **{"\uff08": "(", "\uff09": ")", "\uff3b": "[", "\uff3d": "]", "\uff5b": "{"},
    **{"\uff5d": "}", "\uff0c": ",", "\u3001": ",", "\uff1d": "=", "\uff1a": ":"},
    **{"\uff0e": ".", "\uff1b": ";", "\u2190": "<-", "\u00d7": "*", "\u2026": "..."},
}
_ODD = re.compile(f"[{''.join(map(re.escape, _PLAIN))}]")


def plain(text: str) -> str:
    """Return a text with typographic characters replaced by those of code."""
    return text if text.isascii() else _ODD.sub(lambda match: _PLAIN[match[0]], text)
