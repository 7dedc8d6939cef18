"""Products that use a language model: ask, search, check what was said."""
