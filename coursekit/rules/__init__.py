"""Say what is wrong with a chapter, where, and what to do: ``python -m coursekit.rules``.

``problems(root, slug)`` of each module gives sentences, none if nothing is wrong: ``root`` is the
project's folder, ``slug`` one chapter; all if there is none.
"""
