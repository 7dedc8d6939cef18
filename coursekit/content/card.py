"""The form of a chapter's front matter: its fields, and what to write in each."""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MINUTES = ("read", "lab", "exercises", "quiz")
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Minutes = Annotated[int, Field(strict=True, gt=0)]


class Objective(BaseModel):
    """What a reader can do afterwards, with the exercises that practise it, the questions that
    test it, and the statements of the guide that it covers.
    """

    model_config = ConfigDict(extra="forbid")

    text: Text
    exercises: Annotated[list[Text], Field(min_length=1)]
    quiz: Annotated[list[Text], Field(min_length=1)]
    guide: list[Text] = []


class Card(BaseModel):
    """Fields of a chapter's front matter; the descriptions say what to write."""

    model_config = ConfigDict(extra="forbid")

    chapter: int = Field(
        strict=True, description="the file's name says {number}, and both must agree"
    )
    topic: Annotated[Text, StringConstraints(max_length=40)] = Field(
        description="name the subject in the words that people search for, 40 letters at most"
    )
    decision: Annotated[Text, StringConstraints(pattern=r"\?$")] = Field(
        description="write the decision as one question, ending in '?'"
    )
    takeaways: list[Text] = Field(
        min_length=3,
        max_length=3,
        description="give a list of three sentences, what a reader keeps after one minute",
    )
    objectives: list[Objective] = Field(
        min_length=3,
        max_length=5,
        description=(
            "give a list of three to five objectives, each with a text that starts with a verb,"
            " its exercises, its quiz questions and the statements of book/guide.yml that it"
            ' covers, as in {{text: Read a gap, exercises: ["05.1"], quiz: [perfect-training],'
            " guide: [overfitting]}}"
        ),
    )
    minutes: dict[Literal["read", "lab", "exercises", "quiz"], Minutes] = Field(
        min_length=4,
        description=(
            "give whole minutes for each of read, lab, exercises, quiz, as in {{read: 10, lab: 20,"
            " exercises: 25, quiz: 6}}"
        ),
    )
    level: Literal["foundation", "core", "advanced"] = Field(
        description="choose one of foundation, core, advanced"
    )
    prerequisites: list[Text] = Field(
        description="give a list of chapters, such as [05_overfitting], or []"
    )
    case: Literal["Credit", "Flights", "Copilot", "none"] = Field(
        description="choose one of Credit, Flights, Copilot, none"
    )
    paths: list[Literal["weekend", "designer", "engineer", "executive"]] = Field(
        description="give a list of weekend, designer, engineer, executive, or []"
    )
    placement: Text = Field(
        description="name the quiz question that shows best whether somebody knows this chapter"
    )
    explains: list[Text] = Field(
        description="give a list of the glossary's terms that this page explains, or []"
    )
    verified: datetime.date = Field(
        strict=True, description="give a day that has come, as 2026-11-22, without quotes"
    )
    edition: Literal[3] | None = Field(
        default=None,
        description=(
            "write 3 once the chapter's texts follow the plain style, which make check then holds"
            " them to, or leave it out"
        ),
    )
    given: list[Text] = Field(
        default=[], description="give a list of figures on the page that are conventions or inputs"
    )


FIELDS = [name for name, field in Card.model_fields.items() if field.is_required()]
