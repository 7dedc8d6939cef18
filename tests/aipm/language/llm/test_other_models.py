"""Models and servers of today: what they refuse, how they think, how they word an error."""

import json

import pandas as pd
import pytest

from aipm import errors
from aipm.language import llm
from aipm.language.llm.own import beside
from llm_setup import endpoint, one_sentence, point_at, put

pytestmark = pytest.mark.usefixtures("empty_record")


def completion(content="Yes.", reason="stop", **fields):
    message = {"role": "assistant", "content": content} | fields
    return {"choices": [{"index": 0, "finish_reason": reason, "message": message}]}


def refusing(*refused, word, default=("seed", "temperature")):
    """A server that refuses settings one at a time, in its own words; replies what it was sent."""

    def answer(handler):
        for name in refused:
            if name in handler.request_body:
                return word(name)
        sent = sorted(set(handler.request_body) - {"model", "messages"})
        return 200, completion(" ".join(sent))

    return answer


def openai(name):
    said = (
        f"Unsupported value: '{name}' does not support 0 with this model. Only the default (1)"
        " value is supported."
    )
    return 400, {"error": {"message": said, "param": name, "code": "unsupported_value"}}


def fastapi(name):
    entry = {"type": "extra_forbidden", "loc": ["body", name], "msg": "Extra inputs are not"}
    return 422, {"detail": [entry | {"input": "temperature and seed and max_tokens"}]}


def plain(name):
    return 400, {"error": {"message": f"this model does not support the parameter {name}"}}


def google(name):
    said = f'Invalid JSON payload received. Unknown name "{name}": Cannot find field.'
    return 400, {"error": {"code": 400, "message": said, "status": "INVALID_ARGUMENT"}}


def deprecated(name):
    said = f"`{name}` is deprecated for this model."
    return 400, {"type": "error", "error": {"type": "invalid_request_error", "message": said}}


def only(name):
    return 400, {"error": {"message": f"invalid {name}: only 1 is allowed for this model"}}


@pytest.mark.parametrize("word", [openai, fastapi, plain, google, deprecated, only])
@pytest.mark.parametrize(
    "refused", [("temperature",), ("seed",), ("logprobs",), ("max_tokens",), ("seed", "logprobs")]
)
def test_what_a_model_refuses_is_left_out_and_said_once(word, refused, monkeypatch, capsys):
    monkeypatch.setattr(llm, "_told", set())
    with endpoint(refusing(*refused, word=word)) as address:
        point_at(monkeypatch, address)
        wants = "logprobs" in refused
        first, second = (llm.chat(text, logprobs=wants) for text in ("Hello?", "Again?"))
    assert set(first.left_out) == set(refused) and not set(refused) & set(first.text.split())
    assert second.text == first.text
    told = " and ".join(first.left_out)
    assert capsys.readouterr().out == f"other-model refuses {told}, so it was asked without.\n"


def test_the_record_keeps_what_was_really_asked(monkeypatch, empty_record, capsys):
    monkeypatch.setenv("AIPM_RECORD", "1")
    monkeypatch.setattr(llm, "_told", set())
    with endpoint(refusing("temperature", word=openai)) as address:
        point_at(monkeypatch, address)
        live = llm.chat("Hello?")
        assert llm.chat("Hello?").source == "recorded"
    (written,) = empty_record.glob("*.jsonl")
    assert json.loads(written.read_text(encoding="utf-8"))["reply"]["left_out"] == ["temperature"]
    assert live.left_out == llm.chat("Hello?").left_out == ("temperature",)


def test_a_limit_that_is_too_large_is_not_left_out(monkeypatch):
    said = "max_tokens is too large: 9000. This model supports at most 4096 completion tokens"
    with endpoint(lambda handler: (400, {"error": {"message": said}})) as address:
        point_at(monkeypatch, address)
        with pytest.raises(errors.ModelError, match="too large"):
            llm.chat("Hello?", max_tokens=9000)


def test_a_server_that_refuses_the_same_for_ever_is_asked_a_few_times(monkeypatch):
    asked = []

    def stubborn(handler):
        asked.append(handler.request_body)
        return openai("temperature")

    with endpoint(stubborn) as address:
        point_at(monkeypatch, address)
        with pytest.raises(errors.ModelError):
            llm.chat("Hello?")
    assert len(asked) == 2 and "temperature" not in asked[1]


# Thoughts and refusals

THOUGHT = "The customer asks for yes or no."


@pytest.mark.parametrize(
    "message",
    [
        {"content": f"<think>\n{THOUGHT}\n</think>\n\nYes."},
        {"content": f"{THOUGHT}\n</think>\n\nYes."},
        {"content": "Yes.", "reasoning_content": THOUGHT},
        {"content": "Yes.", "reasoning": THOUGHT},
        {"content": "Yes.", "thinking": THOUGHT},
        {
            "content": [
                {"type": "thinking", "thinking": [{"type": "text", "text": THOUGHT}]},
                {"type": "text", "text": "Yes."},
            ]
        },
    ],
)
def test_thoughts_are_no_part_of_the_reply(message, monkeypatch):
    with endpoint(lambda handler: (200, completion(**message))) as address:
        point_at(monkeypatch, address)
        reply = llm.chat("Yes or no?")
    assert (reply.text, reply.thinking, reply.refusal) == ("Yes.", THOUGHT, None)


def test_a_reply_that_speaks_of_the_tag_is_left_as_it_is(monkeypatch):
    said = "Put it between <think> and </think>."
    with endpoint(lambda handler: (200, completion(said))) as address:
        point_at(monkeypatch, address)
        assert llm.chat("How?").text == said


def test_a_refusal_says_that_it_is_one(monkeypatch):
    with endpoint(lambda handler: (200, completion(None, refusal="I can't help."))) as address:
        point_at(monkeypatch, address)
        reply = llm.chat("Hello?")
    assert reply.refusal == reply.text == str(reply) == "I can't help."


@pytest.mark.parametrize(
    "message, reason, told",
    [
        ({"content": ""}, "length", "max_tokens=1024"),
        ({"content": None, "reasoning_content": THOUGHT}, "length", "thinking"),
        ({"content": f"<think>{THOUGHT}"}, "length", "max_tokens=1024"),
        ({"content": f"<think>{THOUGHT}</think>"}, "stop", "thinking"),
        ({"content": ""}, "content_filter", "content filter"),
        ({"content": " \n"}, "stop", "empty text"),
    ],
)
def test_an_answer_without_a_text_is_no_reply(message, reason, told, monkeypatch, empty_record):
    monkeypatch.setenv("AIPM_RECORD", "1")
    with endpoint(lambda handler: (200, completion(reason=reason, **message))) as address:
        point_at(monkeypatch, address)
        with pytest.raises(errors.ModelError) as caught:
            llm.chat("Hello?")
    assert told in one_sentence(caught.value) and not empty_record.exists()


# Words of servers

FILTERED = "The response was filtered due to the prompt triggering our content management policy."
DETAIL = [{"type": "missing", "loc": ["body", "model_id"], "msg": "Field required", "input": "Hi"}]


@pytest.mark.parametrize(
    "status, body, told",
    [
        (422, {"detail": DETAIL}, "model_id: Field required"),
        (422, {"detail": "Unprocessable"}, "Unprocessable"),
        (403, b"<!DOCTYPE html><title>Attention</title>", "A web page came"),
        (404, b"<html>nginx</html>", "A web page came"),
        (502, b"<html>Bad gateway</html>", "The endpoint failed (status 502)"),
        (402, {"error": {"message": "Insufficient Balance"}}, "account with credit"),
        (
            429,
            {
                "error": {
                    "message": "You exceeded your current quota",
                    "code": "insufficient_quota",
                }
            },
            "account with credit",
        ),
        (
            400,
            {"error": {"message": "Your credit balance is too low to access the API."}},
            "account with credit",
        ),
        (400, {"error": {"message": FILTERED, "code": "content_filter"}}, "content filter"),
        (403, {"error": {"message": "Your input was flagged: moderation"}}, "content filter"),
    ],
)
def test_each_servers_words_become_one_true_sentence(status, body, told, monkeypatch):
    with endpoint(lambda handler: (status, body)) as address:
        point_at(monkeypatch, address)
        with pytest.raises(errors.ModelError) as caught:
            llm.chat("Hello?")
    assert told in one_sentence(caught.value)


# A table with a model of your own


def replies_to_two():
    return pd.Series({text: llm.chat(text, max_tokens=4).text for text in ("One?", "Two?")})


@pytest.fixture
def recorded():
    for text in ("One?", "Two?"):
        put(text, f"{text} Recorded.", max_tokens=4)


def test_without_an_endpoint_a_table_says_what_it_takes_and_how_to_name_one(recorded, capsys):
    assert list(beside(replies_to_two)) == ["One? Recorded.", "Two? Recorded."]
    said = capsys.readouterr().out
    assert "2 requests, about 2 tokens of prompts and 4 of replies" in said
    assert all(name in said for name in ("OPENAI_BASE_URL", "AIPM_MODEL", "OPENAI_API_KEY"))
    with pytest.raises(errors.ModelError) as caught:
        beside(replies_to_two, spend=True)
    assert "OPENAI_BASE_URL" in one_sentence(caught.value)


def test_a_model_is_asked_only_if_money_may_be_spent_and_stands_beside_the_recorded(
    recorded, monkeypatch, capsys
):
    with endpoint(lambda handler: (200, completion("Mine."))) as address:
        point_at(monkeypatch, address)
        assert list(beside(replies_to_two)) == ["One? Recorded.", "Two? Recorded."]
        assert "spend=True asks other-model" in capsys.readouterr().out
        table = beside(replies_to_two, spend=True)
    assert list(table) == ["recorded", "other-model"]
    assert list(table["other-model"]) == ["Mine.", "Mine."]
    assert list(table["recorded"]) == ["One? Recorded.", "Two? Recorded."]
    assert capsys.readouterr().out.startswith("The table takes 2 requests")
