"""`python -m scaffold.catalogue.introspect [-o DIR]`: builds the catalogue."""

from __future__ import annotations
import sys,time
from scaffold.catalogue.introspect.layers import *
listed = exports("layers")
words = quoted_for_name(export.target for export in listed)
for e in listed:
    if len(sys.argv)>1 and e.name not in sys.argv[1:]: continue
    t=time.perf_counter()
    d=describe_layer(e,words)
    print(f"{d.name} abs={d.abstract} pos={d.positional} takes={d.takes}{d.tensors} gives={d.gives} tr={d.training} masks={d.masks!r} call={[(c.name,c.kinds) for c in d.call]} ex={tuple(d.example) if d.example else None} {d.unusable} {time.perf_counter()-t:.2f}s")
    for a in d.arguments:
        print("    ",a.name, "REQ" if a.required else repr(a.default), a.kinds, "None-ok" if a.nullable else "", a.choices or "", a.rank or "")
