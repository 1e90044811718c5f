"""A document in, a HWPX file out. The only folder that knows python-hwpx (docs/decisions/0017-hwpx.md)."""

from .package import EDITION, package

__all__ = ["EDITION", "package"]
