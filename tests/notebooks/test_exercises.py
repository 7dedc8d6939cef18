"""The exercises: unsolved they fail, solved they pass, and a grader agrees."""

import json

import nbclient
import nbformat
import pytest

from coursekit import ROOT
from coursekit.build import exercises
from coursekit.content import notebooks

SOLUTIONS = sorted((ROOT / "notebooks" / "solutions").glob("*.ipynb"))
EXERCISES = [ROOT / "notebooks" / "exercises" / path.name for path in SOLUTIONS]


def stem(path):
    return path.stem


def is_check(cell):
    return (
        cell.cell_type == "code"
        and "check(" in cell.source
        and cell.metadata.get("nbgrader", {}).get("grade")
    )


def run(notebook):
    client = nbclient.NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(ROOT / "notebooks" / "exercises")}},
    )
    client.execute()
    return notebook


def errors(notebook):
    return {
        number: output
        for number, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    }


@pytest.mark.parametrize("solution", SOLUTIONS, ids=stem)
def test_exercises_are_made_from_their_solutions(solution):
    stored = ROOT / "notebooks" / "exercises" / solution.name
    made = exercises.make_exercise(solution)
    assert stored.exists() and nbformat.read(stored, 4) == made, (
        f"notebooks/exercises/{solution.name} is stale: run make exercises."
    )


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=stem)
def test_unsolved_every_check_fails_and_nothing_else(exercise):
    notebook = notebooks.read(exercise)
    assert "SOLUTION" not in json.dumps(notebook), "a solution was left in the exercise"
    raised = errors(run(notebook))
    checks = {number for number, cell in enumerate(notebook.cells) if is_check(cell)}
    assert len(checks) >= 3, (
        f"{exercise.name} has {len(checks)} checks; a chapter has at least three."
    )
    assert set(raised) == checks, (
        f"cells that raise: {sorted(raised)}; check cells: {sorted(checks)}. Unsolved, only checks"
        " may raise."
    )
    for number, output in raised.items():
        assert output.ename == "AnswerError" and "no answer yet" in output.evalue
        assert len(output.traceback) == 1, "A learner sees one line, not a stack of frames."
        assert "raises-exception" in notebook.cells[number].metadata.get("tags", []), (
            f"cell {number} needs the tag raises-exception"
        )


@pytest.mark.parametrize("solution", SOLUTIONS, ids=stem)
def test_stored_solutions_pass_every_check(solution):
    notebook = notebooks.read(solution)
    assert not errors(notebook)
    for cell in notebook.cells:
        if is_check(cell):
            assert any("✓" in output.get("text", "") for output in cell.outputs), (
                f"{solution.name}: {cell.source} did not pass."
            )


@pytest.mark.parametrize("exercise", EXERCISES, ids=stem)
def test_answers_typed_into_the_learners_notebook_make_the_solution(exercise):
    """And the solution passes in the environment that Binder builds: see test_notebooks."""
    cells = [
        cell
        for cell in notebooks.read(ROOT / "notebooks" / "solutions" / exercise.name).cells
        if cell.cell_type == "code" and "solution-only" not in cell.metadata.get("tags", [])
    ]
    answers = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    typed = [
        answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        for cell in notebooks.read(exercise).cells
        if cell.cell_type == "code"
    ]
    differ = sorted({cell.source for cell in cells} ^ set(typed))
    assert not differ, f"{exercise.name}: other code than in its solution: {differ[:2]}"


@pytest.mark.slow
def test_nbgrader_grades_a_right_and_a_wrong_submission(tmp_path):
    """The instructor's own path: generate, collect, autograde, with the grader universities
    run.
    """
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    solution = SOLUTIONS[0]
    config = Config(
        CourseDirectory={
            "root": str(tmp_path),
            "db_url": f"sqlite:///{tmp_path}/gradebook.db",
            "course_id": "aipm",
        },
        ExecutePreprocessor={"timeout": 120},
        IncludeHeaderFooter={"header": ""},
    )
    (tmp_path / "source" / "ps").mkdir(parents=True)
    nbformat.write(notebooks.read(solution), tmp_path / "source" / "ps" / "exercise.ipynb")
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    assert api.generate_assignment("ps", create=True)["success"]
    for student, source in (("right", solution), ("wrong", None)):
        target = tmp_path / "submitted" / student / "ps" / "exercise.ipynb"
        target.parent.mkdir(parents=True)
        release = tmp_path / "release" / "ps" / "exercise.ipynb"
        nbformat.write(nbformat.read(source or release, 4), target)
        result = api.autograde("ps", student)
        assert result["success"], result
    with api.gradebook as gradebook:
        right, wrong = (gradebook.find_submission("ps", student) for student in ("right", "wrong"))
        checks = sum(bool(is_check(cell)) for cell in notebooks.read(solution).cells)
        auto = sum(notebook.max_code_score for notebook in right.notebooks)
        assert auto >= checks
        assert sum(notebook.code_score for notebook in right.notebooks) == auto
        assert sum(notebook.code_score for notebook in wrong.notebooks) == 0
