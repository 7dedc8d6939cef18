"""List what the plain style would say of chapters, marked for the third edition or not."""

import sys

from coursekit import ROOT
from coursekit.rules import anatomy, plain


def main():
    slugs = sys.argv[1:] or anatomy.slugs(ROOT)
    for slug in slugs:
        if slug not in anatomy.slugs(ROOT):
            sys.exit(f"{slug!r} is no chapter that _toc.yml lists; see the names in book/.")
        found = plain.findings(ROOT, slug)
        print("\n".join([*found, f"{slug}: {len(found)} findings"]))


if __name__ == "__main__":
    main()
