"""The record of what language models replied: JSON lines, one request a line, only ever added to.

A request is known by :func:`key`, the SHA-256 of its model, messages and settings. Each line
ends in a checksum of itself, so that an edited or truncated line is noticed and every other
line stays in use. If a key stands in the file twice, the later line counts.

``AIPM_RECORD=1`` records new replies (``make record`` sets it); ``AIPM_REPLIES`` names another
folder. Nothing else enters a line: no API key, no address, no time.
"""

import hashlib
import json
import os
import re
from pathlib import Path

from aipm.datasets import _files
from aipm.errors import RecordError
from aipm.language.llm.request import dumps, key

_read = {}  # path: (size and time of change, what read() returned)


def folder():
    """Folder of the record: ``aipm/datasets/data/replies`` or ``$AIPM_REPLIES``."""
    return Path(os.environ.get("AIPM_REPLIES") or _files.DATA / "replies")


def path(model):
    """File of one model's replies."""
    return folder() / (re.sub(r"[^\w.-]", "-", model) + ".jsonl")


def recording():
    """Whether new replies are recorded: ``AIPM_RECORD`` is 1."""
    return os.environ.get("AIPM_RECORD") == "1"


def secret():
    """The key in ``OPENAI_API_KEY``; empty if there is none or a word such as "ollama", which
    local servers take.
    """
    value = os.environ.get("OPENAI_API_KEY", "").strip()
    return value if len(value) >= 12 else ""


def line(entry):
    """Bytes of one line: the fields of ``entry`` and their checksum."""
    body = dumps(
        {field: entry[field] for field in ("key", "model", "settings", "messages", "reply")}
    )[:-1]
    return body + b',"sum":"' + _sum(body) + b'"}\n'


def read(file):
    """All replies in a file of the record; none if there is no such file.

    Returns
    -------
    entries : dict
        By key: ``key``, ``model``, ``settings``, ``messages`` and ``reply``.
    damaged : list of (int, bytes)
        Number and text of each line whose checksum does not match.
    """
    file = Path(file)
    try:
        state = file.stat()
    except FileNotFoundError:
        return {}, []
    stamp = state.st_size, state.st_mtime_ns
    if _read.get(file, (None,))[0] != stamp:
        entries, damaged = {}, []
        for number, raw in enumerate(file.read_bytes().split(b"\n"), 1):
            if raw.strip():
                entry = _parse(raw.rstrip(b"\r"))
                if entry is None:
                    damaged.append((number, raw))
                else:
                    entries[entry["key"]] = entry
        _read[file] = stamp, (entries, damaged)
    return _read[file][1]


def find(model, messages, settings):
    """The recorded reply to a request.

    Returns
    -------
    dict or None
        The line's fields, or None if there is none.

    Raises
    ------
    RecordError
        If the reply may stand in a line that was edited or cut off. While recording there is
        no such refusal: the model is asked again and the new line takes the place of the old.
    """
    wanted = key(model, messages, settings)
    entries, damaged = read(path(model))
    if wanted in entries or recording():
        return entries.get(wanted)
    for number, raw in damaged:
        if _may_hold(raw, wanted):
            raise RecordError(
                f"{path(model).name}, line {number}, was edited or cut off, as its checksum says,"
                " and is not used: restore the file from git or run make record; every other"
                " recorded reply works as before."
            )
    return None


def append(model, messages, settings, reply):
    """Record a reply; the first one stands if another process has recorded the request meanwhile.

    Returns
    -------
    dict
        The fields of the line that stands in the record.

    Raises
    ------
    RecordError
        If the line would hold the API key, or the file cannot be written.
    """
    from filelock import FileLock

    file, wanted = path(model), key(model, messages, settings)
    entry = {
        "key": wanted,
        "model": model,
        "settings": settings,
        "messages": messages,
        "reply": reply,
    }
    new = line(entry)
    if secret() and secret().encode() in new:
        raise RecordError(
            "This request or its reply holds the key in OPENAI_API_KEY and was not recorded: take"
            " the key out of the prompt."
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{file}.lock"):
            entries, _ = read(file)
            if wanted not in entries:
                _add(file, new)
                return _parse(new[:-1])
            return entries[wanted]
    except OSError as error:
        raise RecordError(
            f"The reply could not be recorded in {file.name}:"
            f" {error.strerror or 'the disk refuses'}."
        ) from None


def write(file, entries):
    """Put ``entries`` in the place of all that a file holds, or leave it as it was."""
    from filelock import FileLock

    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{file}.lock"):
        part = file.with_suffix(".part")
        part.write_bytes(b"".join(line(entry) for entry in entries))
        part.replace(file)


def _add(file, new):
    """Write one line at the end in one go, on a line of its own, and see it onto the disk."""
    with open(file, "a+b", buffering=0) as stream:
        if stream.seek(0, os.SEEK_END):
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                new = b"\n" + new
        if stream.write(new) != len(new):
            raise OSError("the line was written in part")
        os.fsync(stream.fileno())


def _parse(raw):
    """Fields of a line, or None if they are not what was written."""
    body, mark, rest = raw.rpartition(b',"sum":"')
    if not mark or rest != _sum(body) + b'"}':
        return None
    return json.loads(body + b"}")


def _may_hold(raw, wanted):
    """Whether a damaged line may be the reply to the request with the key ``wanted``."""
    stated = re.match(rb'\{"key":"([0-9a-f]{0,64})', raw)
    if wanted.startswith(stated[1].decode() if stated else ""):
        return True
    try:
        entry = json.loads(raw)
        return key(entry["model"], entry["messages"], entry["settings"]) == wanted
    except (ValueError, KeyError, TypeError):
        return False


def _sum(body):
    return hashlib.sha256(body).hexdigest()[:16].encode()
