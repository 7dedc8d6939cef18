"""Ways through the course, computed from the chapters' front matter.

Each chapter says in its front matter which short paths it belongs to. The two long ones take every
chapter, in order, spread over weeks of about equal length.
"""

SHORT = {
    "weekend": ("A weekend", "Five decisions, one from each end of the course."),
    "designer": ("Designers", "What a person sees, trusts, corrects and is told."),
    "engineer": ("Engineers", "From data to a system that is measured, watched and paid for."),
    "executive": ("Executives", "Whether to build, what to believe, and what to sign."),
}
WEEKS = {5: "Five weeks", 10: "Ten weeks"}


def minutes(fields):
    """Minutes of a chapter with all its pieces."""
    return sum(fields["minutes"].values())


def short(name, chapters):
    """Slugs of the chapters of a short path, in order."""
    return [slug for slug, fields in chapters.items() if name in fields["paths"]]


def weeks(count, chapters):
    """All chapters in order, spread over weeks.

    Parameters
    ----------
    count : int
        Weeks.
    chapters : dict of str to dict
        Front matter by slug, in order.

    Returns
    -------
    list of list of str
        Slugs of each week; a week ends where half of the next chapter would be beyond its share.
    """
    share = sum(map(minutes, chapters.values())) / count
    plan, done = [[] for _ in range(count)], 0
    for slug, fields in chapters.items():
        middle = done + minutes(fields) / 2
        plan[min(int(middle // share), count - 1)].append(slug)
        done += minutes(fields)
    return plan


def skipped(path, chapters):
    """Prerequisites that a path lacks or reaches too late: a list of (slug, prerequisite)."""
    return [
        (slug, before)
        for place, slug in enumerate(path)
        for before in chapters[slug]["prerequisites"]
        if before not in path[:place]
    ]
