"""Write the repository's address from _config.yml into README.md, where a badge must spell it
out.
"""

import argparse
import re
import sys

from coursekit import ROOT, parse_yaml

BADGE = re.compile(r"(?<=mybinder\.org/v2/gh/)[^?)]+")


def main():
    argparse.ArgumentParser(description=__doc__).parse_args()
    repository = parse_yaml((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]
    owner = repository["url"].removeprefix("https://github.com/").strip("/")
    if owner.count("/") != 1:
        sys.exit(
            f"_config.yml: repository url is {repository['url']!r}; Binder needs"
            " https://github.com/OWNER/NAME."
        )
    readme = ROOT / "README.md"
    text, count = BADGE.subn(f"{owner}/{repository['branch']}", readme.read_text(encoding="utf-8"))
    if not count:
        sys.exit(
            "README.md has no Binder badge to write the address into; put one back at its top."
        )
    readme.write_text(text, encoding="utf-8", newline="\n")
    print(f"README.md: the badge opens {owner}, branch {repository['branch']}")


if __name__ == "__main__":
    main()
