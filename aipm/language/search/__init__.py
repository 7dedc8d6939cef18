"""Search passages for questions, and count what a search found.

A *score* is a table with a row a question and a column a passage, higher where a passage suits
better. Everything here reads one, wherever it comes from: words, vectors, or a search of your own.
"""

from aipm.language.search.passages import facts_held, read, words_read
from aipm.language.search.ranks import fuse, last_needed, page_ranks
from aipm.language.search.words import by_words

__all__ = ["by_words", "facts_held", "fuse", "last_needed", "page_ranks", "read", "words_read"]
