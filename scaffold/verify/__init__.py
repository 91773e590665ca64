"""Generated code, run in a process of its own and held against what its spec says."""
