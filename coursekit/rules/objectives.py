"""Say which exercise, question or statement of the guide an objective names in vain."""

import re

from coursekit.content import frontmatter, questions


def problems(root, slug):
    """Sentences, each saying what the objectives of a chapter name and the chapter does not hold,
    or the other way round; a list of str.
    """
    page = root / "book" / f"{slug}.md"
    facts = frontmatter.load(page)
    return _questions(root, slug, facts) + _statements(page, facts)


def _questions(root, slug, facts):
    """Exercises and quiz questions that are named and do not exist."""
    files = {"exercises": f"aipm/course/answers/{slug}.yml", "quiz": f"book/quizzes/{slug}.yml"}
    found = []
    for kind, name in files.items():
        try:
            ids = [question.get("id") for question in questions.load(root / name)]
        except questions.QuestionError:
            continue  # reported with the file's own problems
        found += [
            f"{slug}.md: the objective {objective['text']!r} names {kind} {wanted!r}, which"
            f" {name} has not; it has {', '.join(map(str, ids))}."
            for objective in facts["objectives"]
            for wanted in objective[kind]
            if wanted not in ids
        ]
        if kind == "quiz" and facts["placement"] not in ids:
            found.append(
                f"{slug}.md: 'placement' is {facts['placement']!r}; {name} has no such question."
            )
    return found


def _statements(page, facts):
    """Statements of the guide that are claimed and not marked on the page, or the other way
    round.
    """
    claimed = frontmatter.taught(facts["objectives"])
    marked = " ".join(re.findall(r"\{guide\}`([^`]+)`", page.read_text(encoding="utf-8"))).split()
    found = [
        f"{page.name}: an objective covers the guide's {name!r}, and no place on the page does:"
        f" mark it with {{guide}}`{name}`, or claim it no more."
        for name in claimed
        if name not in marked
    ]
    return found + [
        f"{page.name} marks {name!r} {marked.count(name)} times and"
        f" {'an' if name in claimed else 'no'} objective covers it: mark each claim once."
        for name in dict.fromkeys(marked)
        if marked.count(name) > 1 or name not in claimed
    ]
