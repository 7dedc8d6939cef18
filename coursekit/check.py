"""Everything about the chapters that can be said without a kernel, a browser or a build: `make
check`."""

import sys

from coursekit import ROOT, WAITING, anatomy, breathing, readability, text_figures


def main():
    found = anatomy.problems(ROOT)
    if not any(": still to write: " in problem for problem in found):
        written = [slug for slug in anatomy.slugs(ROOT) if slug not in WAITING]
        for rules in (readability, breathing, text_figures):
            found += [problem for slug in written for problem in rules.problems(ROOT, slug)]
    print("\n".join(found) or "Every chapter is whole, can be read aloud and has room to breathe.")
    if WAITING:
        print(f"Still of the first edition, and not read for this: {', '.join(WAITING)}.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
