"""Tests of `scaffold.parts`: custom layers, losses, metrics and callbacks."""
