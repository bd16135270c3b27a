"""What the model may hand back once it has looked at a question: a frame, never an answer. Checked in `framing`."""

import json
import re

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.llm.records import ModelFault

RESTATED_MAX = 200  # characters
ASKED_BACK_MAX = 80


class Restated(BaseModel):
    """用户在问什么，能听明白时用它：用户自己的词，一句话。"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = Field(min_length=4, max_length=RESTATED_MAX, description="改写后的问题")


class AskBack(BaseModel):
    """缺少必须知道的情况时用它：问用户一句。"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = Field(min_length=4, max_length=ASKED_BACK_MAX, description="问用户的一句话，不含数字")


class Nothing(BaseModel):
    """与标准化奖补无关，或者没有什么可改写时用它。"""

    model_config = ConfigDict(frozen=True, extra="forbid")


Frame = Restated | AskBack | Nothing
_NAMED = re.compile(r"^\W*(Restated|AskBack|Nothing)\b[\s：:(（]*")
_FORMS: dict[str, type[Restated | AskBack | Nothing]] = {"Restated": Restated, "AskBack": AskBack, "Nothing": Nothing}


def read_frame(text: str) -> Frame:
    """A frame out of what a model writes that does not call the tool: the call as JSON, or a plain line.

    >>> read_frame('{"name": "Restated", "arguments": {"question": "甲地国家标准奖多少"}}\\n\\n')
    Restated(question='甲地国家标准奖多少')
    >>> read_frame("Restated：甲地国家标准奖多少")
    Restated(question='甲地国家标准奖多少')

    Raises:
        ModelFault: It is neither.
    """
    try:
        if "{" in text:
            call, _ = json.JSONDecoder().raw_decode(text, text.index("{"))
            form = _FORMS.get(call.get("name", "Restated"), Restated)
            return form.model_validate(call.get("arguments", {"question": call.get("question")}))
        line = text.strip().split("\n")[0]
        named = _NAMED.match(line)
        form = _FORMS[named[1]] if named else Restated
        said = _NAMED.sub("", line).strip("“”\"'。)） ")
        return Nothing() if form is Nothing else form.model_validate({"question": said})
    except (ValidationError, ValueError, AttributeError, RecursionError) as error:
        raise ModelFault("garbage", "no frame") from error
