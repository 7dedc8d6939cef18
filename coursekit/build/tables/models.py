"""Language models: their judges, their prices, and the attacks on them."""

import ast
import io
import json
import re

import pandas as pd

JUDGE_COLUMNS = {
    "Human agreement": "human_agreement",
    "Price [$/1000 examples]": "price_per_1000",
    "Time [seconds/1000 examples]": "seconds_per_1000",
    "Spearman corr.": "spearman",
    "Bias": "bias",
    "Variance": "variance",
    "Proba. prefer longer": "prefers_longer",
    "Proba. prefer lists": "prefers_lists",
    "Proba. prefer 1": "prefers_first",
}

MODEL_COLUMNS = {
    "win_rate": "win_rate",
    "standard_error": "win_rate_se",
    "length_controlled_winrate": "length_controlled_win_rate",
    "lc_standard_error": "length_controlled_se",
    "avg_length": "mean_length",
}

PRICED = [
    ("anthropic", "claude-haiku-5-5"),
    ("anthropic", "claude-sonnet-5-5"),
    ("anthropic", "claude-opus-5-5"),
    ("google", "gemini-2.5-flash-lite"),
    ("google", "gemini-3.1-pro-preview"),
    ("mistral", "mistral-small-2603"),
    ("mistral", "mistral-large-2512"),
    ("openai", "gpt-4"),
    ("openai", "gpt-6-luna"),
    ("openai", "gpt-6.1-terra"),
    ("openai", "gpt-6.1-sol"),
]

PRICE_COLUMNS = ["input", "output", "cached", "cache_write", "batch_input", "batch_output"]

# What a published jailbreak tries, by words that it uses; one prompt may try several.
TACTICS = {
    "persona": r"\b(?:act as|pretend|role ?play|you are now|character|persona)\b",
    "do_anything_now": r"\bdan\b|do anything now",
    "sets_rules_aside": r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:previous|prior|above|instruct"
    r"|rule|guide)",
    "no_limits": r"\b(?:no|without|any) (?:restrict|limit|filter|censor|rules)",
    "may_not_refuse": r"\b(?:never|not|can't|cannot|don't) (?:refuse|say no|decline|apolog"
    r"|say sorry)",
    "story": r"\b(?:story|novel|fiction|hypothetical|game|movie|screenplay)\b",
    "two_answers": r"\b(?:two|both) (?:responses|answers|ways|different)",
    "special_mode": r"\b(?:developer|debug|god|sudo|dev) mode",
}


def judges_as_published(raw: bytes) -> pd.DataFrame:
    """Judges before the mending: chapter 3 lets a contract find the row that needs it."""
    return _judges(raw)[["judge", *list(JUDGE_COLUMNS.values())[:3], "annotations"]]


def judges(raw: bytes) -> pd.DataFrame:
    table = _judges(raw)
    # One row begins with a price, 0.34, where agreement in per cent should be; what follows it
    # cannot be told.
    table.loc[
        table["human_agreement"] < 1, ["human_agreement", "price_per_1000", "seconds_per_1000"]
    ] = None
    return table


def _judges(raw: bytes) -> pd.DataFrame:
    table = pd.read_csv(io.BytesIO(raw))
    names, counts = (
        table.iloc[:, 0].rename("judge"),
        table["# parsed"].rename("annotations").astype("int64"),
    )
    table = table[list(JUDGE_COLUMNS)].rename(columns=JUDGE_COLUMNS)
    return pd.concat([names, table.round(4), counts], axis=1)


def leaderboard(raw: bytes) -> pd.DataFrame:
    table = pd.read_csv(io.BytesIO(raw))
    names = table.iloc[:, 0].rename("model")
    return pd.concat(
        [names, table[list(MODEL_COLUMNS)].rename(columns=MODEL_COLUMNS).round(4)], axis=1
    )


def prices(raw: bytes) -> pd.DataFrame:
    """List prices of a few models, read from the package's Python source without running it."""
    wanted = set(PRICED)
    calls = [node for node in ast.walk(ast.parse(raw)) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "id", None) == "Provider"]
    rows = []
    for provider in map(_arguments, named):
        for model in map(_arguments, provider["models"].elts):
            name = ast.literal_eval(provider["id"]), ast.literal_eval(model["id"])
            if name in wanted:
                variants = map(_arguments, model["price_variants"].elts)
                batch = next(v for v in variants if "batch" in ast.unparse(v["when"]))
                rows.append([*name, *_dollars(model["prices"]), *_dollars(batch["prices"])[:2]])
    table = pd.DataFrame(rows, columns=["provider", "model", *PRICE_COLUMNS])
    return table.sort_values(["provider", "input"], kind="stable").reset_index(drop=True)


def _arguments(call):
    return {keyword.arg: keyword.value for keyword in call.keywords}


def _dollars(price):
    """Dollars for a million tokens: read, written, read from a cache, written into one. Where
    long prompts cost more, the price of short ones.
    """
    kept, found = _arguments(price), []
    for name in ("input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok"):
        value = kept.get(name)
        if value is not None and value.func.id == "TieredPrices":
            value = _arguments(value)["base"]
        found.append(None if value is None else float(ast.literal_eval(value.args[0])))
    return found


def probes(raw: bytes) -> pd.DataFrame:
    """Attacks that a scanner knows, each with the risks it is filed under; no attack's text."""
    known = json.loads(raw)["probes"]
    names = pd.Series(sorted(known)).str.removeprefix("probes.")
    tags = [" ".join(known[name]["tags"]) for name in sorted(known)]
    risks = [", ".join(sorted(re.findall(r"owasp:(llm\d\d)", said))) for said in tags]
    family = names.str.partition(".")[0].astype("category")
    return pd.DataFrame({"probe": names, "family": family, "risks": risks})


def jailbreaks(raw: bytes) -> pd.DataFrame:
    """Prompts that people published to talk models out of their rules: their length and what they
    try, by the words in them. The prompts themselves stay behind.
    """
    prompts = pd.Series(json.loads(raw)).str.lower()
    tried = {
        name: prompts.str.contains(pattern, flags=re.DOTALL) for name, pattern in TACTICS.items()
    }
    return pd.DataFrame({"words": prompts.str.split().str.len(), **tried})
