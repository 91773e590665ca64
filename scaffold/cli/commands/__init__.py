"""The subcommands, one per file; the function has the name of its file."""
