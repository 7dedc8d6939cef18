"""Quizzes that say why: the directive ``{quiz}`` draws ``book/quizzes/NN_slug.yml``.

A question is an ordinary form, which a small script (``_static/quiz.js``) brings to life. All
options with their reasons stand below in a list: it is what readers without a script see,
and where the script takes its feedback from.
"""

from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext import tags
from coursekit.content import questions

logger = logging.getLogger(__name__)
ADVICE = {
    "choice": "Choose one.",
    "choices": "Choose all that apply.",
    "number": "A decimal, a percentage or a fraction.",
}
RIGHT, WRONG = "✓ Right", "✗ Not right"


class Quiz(SphinxDirective):
    """The quiz of a chapter; the argument is the chapter's slug."""

    required_arguments = 1

    def run(self):
        asked = self.asked(self.arguments[0])
        counts = [[f"Question {place} of {len(asked)}"] for place in range(1, len(asked) + 1)]
        return [self.draw(asked, counts)] if asked else []

    def asked(self, slug):
        """Questions of a chapter; [] if they are faulty, which is reported."""
        path = Path(self.env.srcdir) / "book" / "quizzes" / f"{slug}.yml"
        self.env.note_dependency(str(path))
        wrong = questions.problems(path)
        for problem in wrong:
            logger.error(problem, location=self.get_location())
        return [] if wrong else questions.load(path)

    def draw(self, asked, labels, classes="quiz"):
        """Forms of the questions, each under its label, a list of nodes; then all answers."""
        forms = [self._form(*each) for each in zip(asked, labels, strict=True)]
        answers = nodes.enumerated_list(
            "", *[self._answers(question) for question in asked], enumtype="arabic", suffix="."
        )
        summary = tags.make("summary", "All answers, with reasons")
        return tags.make(
            "div",
            *forms,
            tags.make("details", summary, answers, classes="quiz-answers", open="open"),
            classes=classes,
        )

    def _text(self, text):
        """Inline nodes of a MyST text of the quiz file."""
        children, _ = self.state.inline_text(text, self.lineno)
        return children

    def _form(self, question, label):
        name = f"quiz-{question['id']}"
        legend = tags.make(
            "legend",
            tags.make("span", *label, classes="quiz-count"),
            " ",
            *self._text(question["question"]),
            " ",
            tags.make("span", ADVICE[question["type"]], classes="quiz-advice"),
        )
        fields = (
            self._number(question, name)
            if question["type"] == "number"
            else self._options(question, name)
        )
        return tags.make(
            "form",
            tags.make("fieldset", legend, *fields),
            tags.make("button", "Check", type="submit", classes="quiz-check"),
            tags.make("div", classes="quiz-feedback", role="status", aria_live="polite"),
            classes="quiz-question",
            screen=True,
            hidden="hidden",
            autocomplete="off",
            novalidate="novalidate",
            data_type=question["type"],
            data_id=question["id"],
        )

    def _options(self, question, name):
        kind = "radio" if question["type"] == "choice" else "checkbox"
        for place, option in enumerate(question["options"]):
            choice = tags.make("input", type=kind, name=name, value=place)
            yield tags.make(
                "label",
                choice,
                " ",
                tags.make("span", *self._text(option["text"])),
                classes="quiz-option",
            )

    def _number(self, question, name):
        unit = f" ({question['unit']})" if "unit" in question else ""
        field = tags.make(
            "input",
            type="text",
            inputmode="decimal",
            id=name,
            name=name,
            size=12,
            data_unit=question.get("unit"),
        )
        yield tags.make(
            "p",
            tags.make("label", f"Your answer{unit}", for_=name),
            " ",
            field,
            classes="quiz-number",
        )

    def _answers(self, question):
        if question["type"] == "number":
            rows = [self._value(question, True)]
            rows += [
                self._value({"tolerance": question["tolerance"]} | entry, False)
                for entry in question.get("wrong", [])
            ]
            rows.append(
                self._row(
                    "Any other answer",
                    self._text("a number near none of these"),
                    question["otherwise"],
                    False,
                )
            )
        else:
            rows = [
                self._row(
                    RIGHT if o.get("right") else WRONG,
                    self._text(o["text"]),
                    o["reason"],
                    o.get("right", False),
                )
                for o in question["options"]
            ]
        rows = tags.make("ul", *rows, data_answers=question["id"], classes="quiz-reasons")
        return nodes.list_item(
            "", nodes.paragraph("", "", *self._text(question["question"])), rows
        )

    def _value(self, entry, right):
        span = f" (± {entry['tolerance']})" if entry["tolerance"] else ""
        text = [nodes.Text(f"{entry['answer']}{span}")]
        return self._row(
            RIGHT if right else WRONG,
            text,
            entry["reason"],
            right,
            data_answer=entry["answer"],
            data_tolerance=entry["tolerance"],
        )

    def _row(self, mark, text, reason, right, **attributes):
        """One answer with its reason; the script reads whether it is right, and the reason."""
        head = tags.make(
            "span",
            nodes.strong("", f"{mark}:"),
            " ",
            tags.make("span", *text, classes="quiz-text"),
            classes="quiz-head",
        )
        body = tags.make("span", *self._text(reason), classes="quiz-reason")
        return tags.make(
            "li",
            nodes.paragraph("", "", head, nodes.Text(" "), body),
            classes="quiz-right" if right else "quiz-wrong",
            **attributes,
        )


def _add_script(app, pagename, templatename, context, doctree):
    if doctree and any("quiz" in node["classes"] for node in doctree.findall(tags.element)):
        app.add_js_file("quiz.js", loading_method="defer")


def setup(app):
    app.add_directive("quiz", Quiz)
    app.connect("html-page-context", _add_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
