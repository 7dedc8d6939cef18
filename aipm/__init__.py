"""What the notebooks of *AI Product Management, hands-on* share.

``aipm.data`` loads the data sets, ``aipm.check`` checks an answer and says why it is
wrong, ``aipm.evidence`` records what a lab found so that the pages can quote it,
``aipm.llm`` asks a language model and keeps what it replied.
Everything else in the notebooks is plain pandas, scikit-learn and matplotlib.
"""

from aipm.checking import check
from aipm.errors import AnswerError, CourseError

__all__ = ["AnswerError", "CourseError", "check"]
