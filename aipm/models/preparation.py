"""Turn a table of words, numbers and gaps into columns that a scikit-learn model can read."""

from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from aipm.validation import FLAG, checked

WORDS = ["category", "object", "string"]


@checked(scaled=FLAG)
def prepare_columns(scaled=False):
    """First step of a pipeline: every column of words becomes columns of 0 and 1, every gap in a
    number is filled.

    Parameters
    ----------
    scaled : bool
        For models that weigh columns against each other, such as logistic regression: numbers get
        mean 0 and standard deviation 1, gaps are filled with the mean, and a column says where a
        gap was. Else gaps get the median.

    Returns
    -------
    sklearn.compose.ColumnTransformer
        Not fitted. Words are categories or text; an empty cell is a word of its own, and words
        unseen in training become zeros. Source: the scikit-learn guide, "Column Transformer with
        Mixed Types".
    """
    words = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    numbers = SimpleImputer(strategy="median")
    if scaled:
        numbers = make_pipeline(SimpleImputer(add_indicator=True), StandardScaler())
    return make_column_transformer(
        (words, make_column_selector(dtype_include=WORDS)), remainder=numbers
    )
