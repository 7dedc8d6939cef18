"""Texts, and what people think of them."""

import ast
import gzip
import io
import json
import tarfile

import pandas as pd

BANK_AREAS = (
    "bank_accounts",
    "business_checking_accounts",
    "business_credit_cards",
    "business_savings_accounts",
    "buy_now_pay_later",
    "checking_accounts",
    "credit_cards",
    "customer_support",
    "everyone_pay",
    "personal_subscriptions",
    "savings_accounts",
)

PLACEHOLDER = r"\[value not available\]|\[\[\w+\]\]"

CONTACTS = {
    r"\S+@\S+\.\w+": "[mail address]",
    r"(?:https?://|www\.)\S+": "[web address]",
    r"\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b": "[telephone number]",
}


def documents(raw: bytes) -> pd.DataFrame:
    """The bank's help pages: one row a page, its text untouched but for white space at both
    ends.
    """
    table = pd.DataFrame(json.loads(gzip.decompress(raw))).rename(
        columns={"id": "doc_id", "content": "text"}
    )
    parts = table["doc_id"].str.extract(rf"^doc_({'|'.join(BANK_AREAS)})_(.+)_\d{{3}}$")
    if parts.isna().any(axis=None):
        raise ValueError(
            f"{parts[0].isna().sum()} ids name no known area; look at the source and adapt "
            "BANK_AREAS in coursekit/build/tables/texts.py"
        )
    staff = table["title"].str.contains("internal", case=False)
    text = table["text"].str.strip()
    return pd.DataFrame(
        {
            "doc_id": table["doc_id"],
            "title": table["title"].str.strip(),
            "text": text,
            "words": text.str.split().str.len(),
            "area": parts[0].astype("category"),
            "product": parts[1].astype("category"),
            "audience": staff.map({True: "staff", False: "customer"}).astype("category"),
            "unfilled": text.str.contains(PLACEHOLDER),
        }
    )


def ratings(raw: bytes) -> pd.DataFrame:
    """Snippets of reviews with 20 people's ratings; ways to reach somebody are masked."""
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        said, rated = (
            _lines(archive.extractfile(f"hutto_ICWSM_2014/amazonReviewSnippets_{name}.txt").read())
            for name in ("GroundTruth", "anonDataRatings")
        )
    texts = pd.DataFrame(said, columns=["text_id", "mean", "text"]).drop(columns="mean")
    values = pd.DataFrame(
        [[line[0], *ast.literal_eval(line[3])] for line in rated],
        columns=["text_id", *(f"rating_{number:02}" for number in range(1, 21))],
    )
    texts["text"] = texts["text"].str.strip().replace(CONTACTS, regex=True)
    return texts.merge(values, on="text_id", validate="one_to_one")


def _lines(raw: bytes) -> list[list[str]]:
    """Fields of a file of tab-separated lines; the byte order mark at its start is dropped."""
    return [
        line.rstrip("\r").split("\t")
        for line in raw.decode("utf-8-sig").split("\n")
        if line.strip()
    ]
