"""What the model may hand back once it has looked at a question: a frame, never an answer. Checked in `framing`."""

from pydantic import BaseModel, ConfigDict, Field

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
