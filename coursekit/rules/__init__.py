"""Say what is wrong with a chapter, where, and what to do: ``python -m coursekit.rules``."""
