"""Say which measured number of a page was typed: pages quote what their lab recorded."""

import re
from pathlib import Path

from coursekit import ROOT
from coursekit.content import frontmatter

TYPED = re.compile(r"(?<![\w{`/.:,–-])(?:\d+(?:\.\d+)?\s?%|0?\.\d{2,}(?![\w}]|\.\d))")
CONVENTIONS = {
    "100 %",
    "95 %",
    "90 %",
    "80 %",
    "50 %",
    "0.05",
}  # levels and definitions, which no lab measures
QUOTED = re.compile(
    r"\{[\w:]+\}`[^`]*`|(?<!`)`[^`\n]+`(?!`)|^given:.*$"
    r"|^\s*-? ?(answer|tolerance):.*$|answer: [\d./]+|tolerance: [\d.]+",
    re.M,
)


def problems(root=ROOT, slug=None):
    """Sentences, each naming a page or quiz, its front matter included, and its typed numbers."""
    found = []
    for page in sorted((Path(root) / "book").glob(f"{slug or '[0-9][0-9]_*'}.md")):
        allowed = CONVENTIONS | set(frontmatter.load(page).get("given", []))
        for path in (page, page.parent / "quizzes" / f"{page.stem}.yml"):
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            numbers = TYPED.findall(QUOTED.sub(" ", text))
            typed = {re.sub(r"\s?%", " %", number) for number in numbers} - allowed
            if typed:
                found.append(
                    f"{path.relative_to(root).as_posix()} has figures that were typed:"
                    f" {', '.join(sorted(typed))}. Record them in the lab and quote them with"
                    " {result}; a convention or an input you chose goes into the page's front"
                    " matter under 'given'."
                )
    return found
