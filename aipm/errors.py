"""Errors that a learner meets: one sentence, without a stack of frames."""


class CourseError(Exception):
    """Something the reader can mend; its message says what happened, where, and what to do."""

    def _render_traceback_(self):
        # IPython shows these lines in place of the traceback.
        return [f"{type(self).__name__}: {self}"]


class AnswerError(CourseError):
    """An answer to an exercise that is not right, with the reason."""
