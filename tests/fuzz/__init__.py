"""Random specs with all features of the language."""
