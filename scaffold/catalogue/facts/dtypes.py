"""Facts: dtypes and dtype policies."""

from __future__ import annotations

DTYPES = (
    *("float16", "bfloat16", "float32", "float64", "float8_e4m3fn", "float8_e5m2"),
    *("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("bool", "string", "complex64", "complex128"),
    *("mixed_float16", "mixed_bfloat16"),
)
"""Names of dtypes and common dtype policies in Keras (`keras.dtype_policies`)."""
