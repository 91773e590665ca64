"""How examples made by chance are tried."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

thorough = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
