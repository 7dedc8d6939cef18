"""The running case Copilot: what is searched, shown and marked, against reading by hand."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics.pairwise import cosine_similarity

from aipm import datasets
from aipm.cases import copilot, copilot_agent, copilot_marks, copilot_memory, copilot_versions
from aipm.errors import CourseError
from aipm.language import search
from aipm.language.llm import Reply, Usage

QUESTIONS = datasets.questions().set_index("question_id")


def test_vectors_find_the_page_of_an_obvious_question():
    whole = datasets.passages(datasets.documents(), "whole")
    ranks = search.page_ranks(copilot.by_meaning("whole"), whole)
    found = search.last_needed(ranks, QUESTIONS[QUESTIONS["answerable"]])
    assert (found <= 3).mean() > 0.5 and np.isfinite(found).all()


def test_a_cosine_is_that_of_two_vectors():
    score = copilot.by_meaning("sections", model="WordLlama")
    asked, found = (datasets.vectors(f"wordllama_{name}") for name in ("questions", "sections"))
    assert score.shape == (96, 2_969) and score.index.equals(QUESTIONS.index)
    assert score.iloc[5, 7] == pytest.approx(float(asked[5] @ found[7]), abs=1e-5)
    with pytest.raises(CourseError, match="sections only"):
        copilot.by_meaning("whole", model="WordLlama")


def test_a_prompt_numbers_its_passages():
    assert copilot.prompt("Why?", ["One.", "Two."]) == "[1] One.\n\n[2] Two.\n\nQuestion: Why?"
    for call in (copilot.prompt, copilot.ask):
        with pytest.raises(CourseError, match="passages is 3; give a text"):
            call("Why?", ["One.", 3])


def reply(logprobs):
    return Reply("so so", "recorded", "a model", Usage(1, 2, 0), "stop", logprobs)


def test_confidence_is_the_mean_log_probability():
    assert copilot.confidence(reply((("so", -0.5), (" so", -1.5)))) == -1
    for none in (None, ()):
        with pytest.raises(CourseError, match="logprobs=True"):
            copilot.confidence(reply(none))


@pytest.mark.parametrize("place", [0, 0.25, 1])
@pytest.mark.parametrize("case", [0, 11, copilot_memory.CASES - 1])
def test_one_line_stands_at_its_place_among_the_words_of_pages(case, place):
    text, branch, code = copilot_memory.pages_around(case, 400, place)
    line = f"Branch {branch}: door code {code}."
    before, after = text.split(line)
    assert len(before.split()) == 400 * place and len(after.split()) == 400 * (1 - place)
    assert "door code" not in before + after
    again, *asked = copilot_memory.pages_around(case, 400, 1 - place)
    assert asked == [branch, code] and sorted(again.split()) == sorted(text.split())


def test_every_case_has_words_of_its_own():
    for case in (0, copilot_memory.CASES - 1):
        text, *_ = copilot_memory.pages_around(case, copilot_memory.LONGEST, 0)
        assert len(text.split()) == copilot_memory.LONGEST + 5
    for case, words in ((copilot_memory.CASES, 10), (0, copilot_memory.LONGEST + 1)):
        with pytest.raises(CourseError, match="give a whole number from 0"):
            copilot_memory.pages_around(case, words, 0)


def test_found_pages_are_short_and_of_customers():
    found, pages = copilot_agent.found_pages(30, seed=3), datasets.documents().set_index("title")
    assert len({question for question, _ in found}) == 30
    for question, passage in found:
        assert 25 <= len(passage.split()) <= 60
        assert (pages.loc[[question], "audience"] == "customer").all()
    assert found == copilot_agent.found_pages(30, seed=3) != copilot_agent.found_pages(30, seed=4)
    with pytest.raises(CourseError, match="give [0-9]+ at most"):
        copilot_agent.found_pages(10_000, seed=3)


def test_recipient_is_the_name_in_the_call():
    assert copilot_agent.recipient("SEND(Kim)") == "Kim"
    assert copilot_agent.recipient("Sure. SEND(Zoe) SEND(Kim)") == "Zoe"
    assert copilot_agent.recipient("You can send it to Kim.") is None


def test_a_question_is_shown_its_page_or_a_tempting_one():
    shown, pages = copilot_versions.pages(QUESTIONS), datasets.documents().set_index("doc_id")
    for name, row in QUESTIONS.iterrows():
        needed = [piece[0] for piece in row["doc_ids"]] or [row["wrong_doc_id"]]
        assert all(pages.loc[page, "title"] in shown[name] for page in needed)
        titles = sum(len(pages.loc[page, "title"].split()) for page in needed)
        assert len(shown[name].split()) <= 300 + titles
    with pytest.raises(CourseError, match="page 'nowhere'"):
        copilot_versions.pages(QUESTIONS.assign(doc_ids=[[["nowhere"]]] * len(QUESTIONS)))
    with pytest.raises(CourseError, match="version is 'C'"):
        copilot_versions.replies("C", QUESTIONS)


ASKED = pd.DataFrame({"answerable": [True, True, False, False], "key_facts": [["7.*days"]] * 4})
SAID = pd.Series(["7 business\nDAYS", "5 days", "I Cannot say.", "7 days"], index=list("abcd"))


def test_a_program_asks_for_facts_or_for_a_refusal():
    assert copilot_marks.refuses(SAID).to_dict() == dict(
        zip("abcd", [False, False, True, False], strict=True)
    )
    passed = copilot_marks.by_program(SAID, ASKED)
    assert passed.to_dict() == dict(zip("abcd", [True, False, True, False], strict=True))
    assert copilot_marks.by_program(list(SAID), ASKED).tolist() == passed.tolist()


@pytest.mark.parametrize(
    ("replies", "questions", "says"),
    [
        (SAID[:3], ASKED, "one value for each case"),
        (SAID.where(SAID != "5 days"), ASKED, "missing"),
        ([1, 2, 3, 4], ASKED, "replies is 1; give a text"),
        (SAID, ASKED.assign(answerable="no"), "not yes or no"),
        (SAID, ASKED.assign(key_facts="7"), "key_facts"),
    ],
)
def test_replies_and_questions_that_do_not_fit_are_refused(replies, questions, says):
    with pytest.raises(CourseError, match=says):
        copilot_marks.by_program(replies, questions)


@pytest.mark.parametrize("chunk", ["whole", "sections"])
def test_scores_are_cosines_by_scikit_learn(chunk):
    score = copilot.by_meaning(chunk)
    expected = cosine_similarity(datasets.vectors("questions"), datasets.vectors(chunk))
    assert score.to_numpy() == pytest.approx(expected, abs=2e-3)


def test_a_passage_found_is_a_stretch_of_its_page():
    text = datasets.documents().drop_duplicates("title").set_index("title")["text"]
    for question, passage in copilot_agent.found_pages(40, seed=1):
        words = passage.removeprefix(question).split()
        assert " ".join(words[-20:]) in " ".join(text[question].split())
