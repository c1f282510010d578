"""sayso reads reports of conflict and unrest and gives attributed, located, dated, reviewable claims.

Importing this package loads nothing heavy: each public name is fetched from its module when it is first used.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "Claim": "sayso.model",
    "Document": "sayso.model",
    "Figure": "sayso.model",
    "Reading": "sayso.model",
    "ReadConfig": "sayso.pipeline",
    "Reader": "sayso.pipeline",
    "SaysoError": "sayso.errors",
    "Source": "sayso.model",
    "Span": "sayso.model",
    "Voice": "sayso.model",
    "read": "sayso.pipeline",
}

__all__ = [
    "Claim",
    "Document",
    "Figure",
    "ReadConfig",
    "Reader",
    "Reading",
    "SaysoError",
    "Source",
    "Span",
    "Voice",
    "__version__",
    "read",
]


def __getattr__(name: str) -> Any:
    """The public name, imported from its module at first use."""
    if name not in _HOME:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """The public names, for completion in a shell."""
    return sorted(__all__)
