"""Ask a language model again everything that the notebooks ask it, and write the record anew.

The notebooks that use ``aipm.language.llm`` run into an empty record, which takes the place of
the old one only when all of them have run: new requests are added, those that no notebook makes
any more are dropped. A run that was interrupted goes on where it stopped. The notebooks themselves
are left as they are; run make notebooks next.
"""

import difflib
import os
import re
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children

import nbclient
import nbformat

from aipm.language import llm
from aipm.language.llm import replies
from coursekit import ROOT
from coursekit.content import notebooks

SHOWN = 5  # changed replies that are quoted
JOBS = 2  # notebooks at once; each has a model of its own, on one thread
WAITING = ROOT / "_build" / "record"  # replies of a run that has not ended
LISTENER = """
from aipm.language.llm import replies as _replies
_find = _replies.find
def _listen(*request):
    with open({heard!r}, "a", encoding="utf-8") as heard:
        heard.write(_replies.key(*request) + "\\n")
    return _find(*request)
_replies.find = _listen
"""


ASKS = re.compile(  # what asks a model: a test holds it against aipm.cases
    r"\bllm\.\w+\(|\bcopilot\.ask\(|\bcopilot_versions\.replies\(|\bcopilot_agent\.reply\("
    r"|\bcopilot_marks\.(sentiment|own_replies)\("
)


def asking():
    """Labs and solutions whose code asks a language model, by itself or through a case."""
    paths = (
        p
        for folder in ("labs", "solutions")
        for p in sorted((ROOT / "notebooks" / folder).glob("*.ipynb"))
    )
    return [
        p
        for p in paths
        if any(c.cell_type == "code" and ASKS.search(c.source) for c in notebooks.read(p).cells)
    ]


def listening(path, heard):
    """The notebook at ``path`` with a first cell that writes the key of each request to the file
    ``heard``, a line each.
    """
    notebook = notebooks.read(path)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(LISTENER.format(heard=str(heard))))
    return notebook


def run(path, heard):
    """Execute one notebook without writing it."""
    nbclient.NotebookClient(
        listening(path, heard),
        kernel_name="python3",
        timeout=None,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()


def compare(old, new):
    """What changed between two records, as lines to print.

    Parameters
    ----------
    old, new : dict
        Entries by key, as ``aipm.language.llm.replies.read`` returns them.
    """
    both = [key for key in new if key in old]
    changed = [key for key in both if new[key]["reply"]["text"] != old[key]["reply"]["text"]]
    share = f" ({len(changed) / len(both):.1%})" if both else ""
    yield (
        f"{len(new)} replies: {len(both)} asked again, of which {len(changed)}{share} have another"
        f" text; {len(new) - len(both)} new, {len(old) - len(both)} dropped."
    )
    for key in changed[:SHOWN]:
        before, after = (record[key]["reply"]["text"] for record in (old, new))
        alike = difflib.SequenceMatcher(
            None, before.split(), after.split(), autojunk=False
        ).ratio()
        yield (
            f"  {new[key]['messages'][-1]['content'][:60]!r}: {alike:.0%} of the words alike\n   "
            f" was {before[:100]!r}\n    is  {after[:100]!r}"
        )
    if len(changed) > SHOWN:
        yield f"  and {len(changed) - SHOWN} more"


def timed(path, heard):
    """Execute a notebook in a process of its own; returns seconds, and why it stopped or None."""
    start = time.perf_counter()
    try:
        run(path, heard)
    except (nbclient.exceptions.CellExecutionError, nbclient.exceptions.DeadKernelError) as error:
        return time.perf_counter() - start, str(error)
    return time.perf_counter() - start, None


def main():
    paths, target = asking(), replies.path(llm.model_name())
    if not paths:
        sys.exit("No notebook asks a language model; there is nothing to record.")
    WAITING.mkdir(parents=True, exist_ok=True)
    heard = WAITING / "heard.txt"  # keys of this run's requests
    heard.write_text("", encoding="utf-8")
    os.environ |= {"AIPM_REPLIES": str(WAITING), "AIPM_RECORD": "1"}
    os.environ.pop("AIPM_EVIDENCE", None)  # this run records replies, and no evidence
    file = replies.path(llm.model_name())  # of this run, as the folder is now another
    kept, cut_off = replies.read(file)
    if cut_off:  # the line that was being written when the last run was killed
        replies.write(file, kept.values())
    if kept:
        print(
            f"Kept from an interrupted run: {len(kept)} replies; to ask them again too, remove"
            f" {WAITING.relative_to(ROOT)} first."
        )
    pool = ProcessPoolExecutor(min(JOBS, os.cpu_count() or 1))
    left = f"{target.name} was left as it was; what was answered is kept for the next make record."
    runs = pool.map(timed, paths, [heard] * len(paths))
    try:
        for path, (seconds, stopped) in zip(paths, runs, strict=True):
            if stopped:
                sys.exit(f"{path.relative_to(ROOT)} stopped, and {left}\n{stopped}")
            print(f"{path.relative_to(ROOT)}: {seconds:.0f} s", flush=True)
    except KeyboardInterrupt:
        for process in active_children():  # else they would go on with the notebook they are at
            process.kill()
        sys.exit(f"Interrupted: {left}")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    fresh, damaged = replies.read(file)
    if damaged or not fresh:
        sys.exit(
            f"The new record holds {len(fresh)} replies and {len(damaged)} damaged lines;"
            f" {target.name} was left as it was."
        )
    asked = fresh.keys() & heard.read_text(encoding="utf-8").split()
    old, broken = replies.read(target)
    # In the old order, whichever notebook was faster this time: git then shows what changed.
    fresh = {key: fresh[key] for key in dict.fromkeys([*old, *fresh]) if key in asked}
    replies.write(target, fresh.values())
    shutil.rmtree(WAITING)
    print(f"{target.name}: " + "\n".join(compare(old, fresh)))
    if broken:
        print(f"{len(broken)} damaged lines of the old record are gone.")


if __name__ == "__main__":
    main()
