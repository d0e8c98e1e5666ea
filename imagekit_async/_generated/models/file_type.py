# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

FileType = Literal[
    "file",
    "file-version",
]
"""
`file` for the current version, `file-version` for an older one.
"""
