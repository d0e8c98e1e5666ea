# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

import attrs

from ..._model import MODELS, Array, Model, OneOf, Property, Reference, UnknownModel

if TYPE_CHECKING:
    from .adaptive_bitrate_post_transformation import (
        AdaptiveBitratePostTransformation,
        AdaptiveBitratePostTransformationDict,
    )
    from .custom_post_transformation import CustomPostTransformation, CustomPostTransformationDict
    from .gif_to_video_post_transformation import GifToVideoPostTransformation, GifToVideoPostTransformationDict
    from .thumbnail_post_transformation import ThumbnailPostTransformation, ThumbnailPostTransformationDict


@attrs.frozen(kw_only=True, repr=False, eq=False)
class UploadTransformation(Model):
    """
    Transformations of an uploaded image or video. Unknown keys are refused.

    Attributes:
        pre: Transformation string whose result is stored instead of the original. For a video it runs after the call,
            which then returns 202.
        post: Up to 5 derived files to make in advance once the file is stored; the stored file stays as it is.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    pre: str | None = None
    post: (
        builtins.list[
            CustomPostTransformation
            | GifToVideoPostTransformation
            | ThumbnailPostTransformation
            | AdaptiveBitratePostTransformation
            | UnknownModel
        ]
        | None
    ) = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "pre": Property("pre"),
        "post": Property(
            "post",
            Array(
                OneOf(
                    "type",
                    {
                        "transformation": Reference(MODELS + ".custom_post_transformation", "CustomPostTransformation"),
                        "gif-to-video": Reference(
                            MODELS + ".gif_to_video_post_transformation", "GifToVideoPostTransformation"
                        ),
                        "thumbnail": Reference(
                            MODELS + ".thumbnail_post_transformation", "ThumbnailPostTransformation"
                        ),
                        "abs": Reference(
                            MODELS + ".adaptive_bitrate_post_transformation", "AdaptiveBitratePostTransformation"
                        ),
                    },
                )
            ),
            limits={"maxItems": 5},
        ),
    }


class UploadTransformationDict(TypedDict, total=False):
    """
    A dict in place of `UploadTransformation`, which documents the keys.
    """

    pre: str
    post: Sequence[
        CustomPostTransformation
        | CustomPostTransformationDict
        | GifToVideoPostTransformation
        | GifToVideoPostTransformationDict
        | ThumbnailPostTransformation
        | ThumbnailPostTransformationDict
        | AdaptiveBitratePostTransformation
        | AdaptiveBitratePostTransformationDict
    ]
