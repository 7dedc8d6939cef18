"""What the notebooks of *AI Product Management, hands-on* share.

``aipm.data``, ``aipm.texts`` and ``aipm.evals`` load the data sets, ``aipm.check`` checks an
answer and says why it is wrong, ``aipm.evidence`` records what a lab found so that the pages
can quote it, ``aipm.llm`` asks a language model and keeps what it replied.
Everything else in the notebooks is plain pandas, scikit-learn and matplotlib.
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

from aipm.checking import check  # noqa: E402
from aipm.errors import AnswerError, CourseError  # noqa: E402

__all__ = ["AnswerError", "CourseError", "check"]
