"""What the tests of the language model share."""

from llm_setup import empty_record

__all__ = ["empty_record"]  # a fixture: an empty record of replies
