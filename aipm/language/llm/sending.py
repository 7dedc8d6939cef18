"""Send a request, and send it again without what the model refuses."""

import re

from aipm.language.llm import errors

# What a model may do without: the answer then differs, and the reader is told.
OPTIONAL = ("temperature", "seed", "logprobs", "max_tokens", "max_completion_tokens")
REFUSED = re.compile(
    r"unsupported|(not|n't) (yet )?(support|permit|allow|accept|available|implement)|extra"
    r"|unknown|unrecogni[sz]ed|unexpected|deprecated|invalid|only .*(allowed|supported|default)",
    re.I | re.S,
)
TOO_LARGE = re.compile(r"too (large|high|many)|at most|less than|exceed|maximum", re.I)


def send(endpoint, request):
    """Ask a model behind the chat API.

    Parameters
    ----------
    endpoint : openai.OpenAI
    request : dict
        Arguments of ``chat.completions.create``.

    Returns
    -------
    answer : object
        As the endpoint gave it.
    asked : dict
        The arguments that were sent in the end.

    Raises
    ------
    Exception
        What the ``openai`` client raised, if it names nothing that can be left out.
    """
    asked = dict(request)
    while True:
        try:
            return endpoint.chat.completions.create(**asked), asked
        except Exception as error:
            name = _refused(error, asked)
            if name is None:
                raise
            value = asked.pop(name)
            if name == "max_tokens" and "max_completion_tokens" in str(error):
                asked["max_completion_tokens"] = value  # newer models know it by this name only


def left_out(request, asked):
    """Names of the settings that were not sent, in the order of the request; ``max_tokens`` under
    its newer name was.
    """
    sent = set(asked) | ({"max_tokens"} if "max_completion_tokens" in asked else set())
    return [name for name in request if name not in sent]


def _refused(error, asked):
    """The optional setting that an error of the endpoint names as refused, or None."""
    if getattr(error, "status_code", None) not in (400, 422, 501) or errors.window(error):
        return None
    body = error.body if isinstance(error.body, dict) else {}
    inside = body.get("error") if isinstance(body.get("error"), dict) else body
    detail = inside.get("detail")
    if isinstance(detail, list):  # the prompt stands beside it: only the place is read
        places = [
            part for entry in detail if isinstance(entry, dict) for part in entry.get("loc", ())
        ]
        return next((name for name in OPTIONAL if name in asked and name in places), None)
    said = str(detail or inside.get("message") or error)
    if not REFUSED.search(said) and inside.get("param") not in asked or TOO_LARGE.search(said):
        return None
    named = [inside.get("param"), *re.findall(r"\w+", said)]
    return next((name for name in named if name in OPTIONAL and name in asked), None)
