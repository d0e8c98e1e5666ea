# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
"""
Which document the package was generated from.
"""

from __future__ import annotations

from typing import Final

__api_version__: Final = "2026-06-18; 58 operations; 15 webhooks; sha256:e0da5c19d9fc"
"""
Date of the API's document, number of its operations and webhooks, and a hash of our edition of it.
"""
