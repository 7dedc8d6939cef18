"""The forms of a question: a number, one right option, or several."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Option(_Form):
    text: Text
    right: Literal[True] | None = None
    reason: Text


class WrongNumber(_Form):
    answer: Number
    tolerance: Number | None = None
    reason: Text


class WrongChoices(_Form):
    answer: list[Text]
    reason: Text


class NumberQuestion(_Form):
    id: Text
    type: Literal["number"]
    question: Text
    answer: Number
    tolerance: Number
    unit: Text | None = None
    reason: Text
    wrong: list[WrongNumber] = []
    otherwise: Text


class ChoiceQuestion(_Form):
    id: Text
    type: Literal["choice"]
    question: Text
    options: Annotated[list[Option], Field(min_length=2, max_length=8)]


class ChoicesQuestion(_Form):
    id: Text
    type: Literal["choices"]
    question: Text
    reason: Text | None = None  # what check() says of a right answer
    options: Annotated[list[Option], Field(min_length=3, max_length=12)]
    wrong: list[WrongChoices] = []
    otherwise: Text | None = None


FORMS = {"number": NumberQuestion, "choice": ChoiceQuestion, "choices": ChoicesQuestion}
