"""Processes, their time and memory, on every platform."""
