"""Say which stored output or answer bank was changed since its notebook ran."""

from pathlib import Path

from coursekit import ROOT
from coursekit.content import notebooks

KINDS = ("labs", "solutions")


def problems(root=ROOT, slug=None):
    """Sentences, each naming the file that was changed and how to take that back."""
    found = []
    for kind in KINDS:
        for path in sorted(
            (Path(root) / "notebooks" / kind).glob(f"{slug or '[0-9][0-9]_*'}.ipynb")
        ):
            notebook = notebooks.read(path)
            kept, now = notebook.metadata.get("run", {}), notebooks.run_of(notebook, path)
            name = f"notebooks/{kind}/{path.name}"
            again = f"make notebooks CHAPTER={path.stem}"
            if kept.get("outputs") != now["outputs"]:
                found.append(
                    f"{name}: its stored outputs are not those of its last run: git checkout"
                    f" {name} if somebody changed them, else {again}."
                )
            if kept.get("answers") != now.get("answers"):
                bank = f"aipm/course/answers/{path.stem}.yml"
                found.append(
                    f"{bank} has changed since {name} ran: git checkout {bank} if you did not"
                    f" mean to, else {again}."
                )
    return found
