"""The process of the command: starts the child and collects its results."""
