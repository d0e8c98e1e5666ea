# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from typing import Literal

AssetsListSort = Literal[
    "ASC_CREATED",
    "ASC_DURATION",
    "ASC_HEIGHT",
    "ASC_NAME",
    "ASC_ORIGINAL_CREATION_DATE",
    "ASC_RELEVANCE",
    "ASC_SIZE",
    "ASC_UPDATED",
    "ASC_WIDTH",
    "DESC_CREATED",
    "DESC_DURATION",
    "DESC_HEIGHT",
    "DESC_NAME",
    "DESC_ORIGINAL_CREATION_DATE",
    "DESC_RELEVANCE",
    "DESC_SIZE",
    "DESC_UPDATED",
    "DESC_WIDTH",
]
