"""Everything about the chapters that can be said without a kernel, a browser or a build: `make
check`."""

import sys

from coursekit import ROOT
from coursekit.rules import anatomy, cells, prose, text_figures


def main():
    found = anatomy.problems(ROOT)
    if not any(": still to write: " in problem for problem in found):
        for rules in (cells, prose, text_figures):
            found += rules.problems(ROOT)
    print("\n".join(found) or "Every chapter is whole, can be read aloud and has room to breathe.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
