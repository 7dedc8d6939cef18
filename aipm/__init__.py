"""Tools of *AI Product Management, hands-on* that work on your own data, and what its notebooks
share.

``aipm.estimates`` says how sure a number is; ``aipm.models``, ``aipm.fairness``, ``aipm.privacy``,
``aipm.operations`` and ``aipm.language`` hold the methods of the chapters; ``aipm.datasets`` loads
the course's tables; ``aipm.cases`` and ``aipm.course`` belong to the course alone.
"""

import os
import warnings

# One thread unless somebody chose otherwise: where cores are shared, as on Binder, waiting
# threads cost a small model more than they bring; and if there are several, they spin for a
# moment (1,000 turns: boosting on small data waits often and briefly) and then sleep. It must be
# said before numpy and scikit-learn are loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "1000")
os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")
# tqdm, which some libraries bring, asks for ipywidgets; no notebook here draws a bar.
warnings.filterwarnings("ignore", message="IProgress not found")

from aipm.errors import AnswerError, CourseError  # noqa: E402

__version__ = "1.1"
__all__ = ["AnswerError", "CourseError", "check"]


def __getattr__(name):
    """Import ``check`` when it is first used: an exercise needs it, a program at work does not."""
    if name == "check":
        try:
            from aipm.course.checking import check
        except ImportError as error:
            raise CourseError(
                f"check needs {error.name}, which is not installed: pip install 'aipm[course]'."
            ) from None
        return check
    raise AttributeError(f"module 'aipm' has no attribute {name!r}")
