"""Errors that a learner meets: one sentence, without a stack of frames."""


class CourseError(Exception):
    """Something the reader can mend; its message says what happened, where, and what to do."""

    def _render_traceback_(self):
        # IPython shows these lines in place of the traceback.
        return [f"{type(self).__name__}: {self}"]


class AnswerError(CourseError):
    """An answer to an exercise that is not right, with the reason."""


class ModelError(CourseError):
    """A language model that gave no reply, with the reason."""


class WindowError(ModelError):
    """A prompt longer than the model's window; the message says by how many tokens."""


class RecordError(CourseError):
    """A record of replies that cannot be read or written, with its file and line."""


class EvidenceError(CourseError):
    """A result that cannot be shown; the message says which, and what to do."""
