# Generated from openapi/imagekit-v1.yaml by `make generate`. Change the document or the templates, not this file.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Required, TypedDict

import attrs

from ..._model import MODELS, Model, Property, Reference

if TYPE_CHECKING:
    from .ai_task_action import AiTaskAction, AiTaskActionDict


@attrs.frozen(kw_only=True, repr=False, eq=False)
class YesNoTask(Model):
    """
    Answers a question about the file and acts on the answer. At least one of `on_yes` and `on_no` is needed.

    Attributes:
        type: Always `yes_no`.
        instruction: The question, in plain words. At least 1 characters, at most 2000 characters.
        on_yes: What to do when the answer is yes.
        on_no: What to do when the answer is no.
        on_unknown: What to do when there is no clear answer.
        additional_properties: Fields that this version does not know, by their JSON names.
    """

    type: Literal["yes_no"] = "yes_no"
    instruction: str
    on_yes: AiTaskAction | None = None
    on_no: AiTaskAction | None = None
    on_unknown: AiTaskAction | None = None
    additional_properties: Mapping[str, Any] = attrs.field(factory=dict[str, Any])

    _properties = {
        "type": Property("type", required=True),
        "instruction": Property("instruction", limits={"minLength": 1, "maxLength": 2000}, required=True),
        "on_yes": Property("on_yes", Reference(MODELS + ".ai_task_action", "AiTaskAction")),
        "on_no": Property("on_no", Reference(MODELS + ".ai_task_action", "AiTaskAction")),
        "on_unknown": Property("on_unknown", Reference(MODELS + ".ai_task_action", "AiTaskAction")),
    }


class YesNoTaskDict(TypedDict, total=False):
    """
    A dict in place of `YesNoTask`, which documents the keys.
    """

    type: Required[Literal["yes_no"]]
    instruction: Required[str]
    on_yes: AiTaskAction | AiTaskActionDict
    on_no: AiTaskAction | AiTaskActionDict
    on_unknown: AiTaskAction | AiTaskActionDict
