"""Every check of the package: importing this module registers them all."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import peelian.proofreading as package

for _found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
    if _found.name != __name__:
        import_module(_found.name)
