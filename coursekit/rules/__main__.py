"""Everything about the chapters that can be said without a kernel, a browser or a build: `make
check`, for one chapter with CHAPTER=05_overfitting.
"""

import sys

from coursekit import ROOT
from coursekit.rules import (
    anatomy,
    cells,
    data,
    facts,
    plain,
    prose,
    references,
    stored,
    text_figures,
    typed,
)


def problems(root=ROOT, slug=None):
    """Sentences of all rules, a list; of one chapter, if one is named."""
    found = data.problems(root, slug) + anatomy.problems(root, slug)
    if not any(": still to write: " in problem for problem in found):
        for rules in (stored, references, typed, cells, prose, text_figures, plain):
            found += rules.problems(root, slug)
    return found if slug else found + facts.problems(root / "book" / "facts.yml")


def main():
    slug = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] else None
    if slug and slug not in anatomy.slugs(ROOT):
        sys.exit(f"CHAPTER is {slug!r}, which _toc.yml does not list; see the names in book/.")
    found = problems(slug=slug)
    print(
        "\n".join(found)
        or f"{slug or 'Every chapter'} is whole, can be read aloud and has room to breathe."
    )
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
