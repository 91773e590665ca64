"""Runs generated code in a child process and compares it with the model of its spec."""
