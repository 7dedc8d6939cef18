// Checks a quiz answer and shows why it is right or wrong. Reasons are taken from the list
// "All answers, with reasons", which stands open for readers without this script.
"use strict";

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...children);
  return node;
}

// The number in "0.09", "0,09", "9%", "1/11", "1,500" or "39 500"; NaN if there is none.
function readNumber(text, unit) {
  let s = text.replace(/[\s\u00a0\u202f_]/g, "").replace(/\u2212/g, "-").replace(/^([-+]?)[$£€]/, "$1");
  const word = unit.replace(/\s/g, "").toLowerCase();
  if (word && s.toLowerCase().endsWith(word)) s = s.slice(0, -word.length) + (word === "%" ? "%" : "");
  const fraction = s.match(/^([^/]+)\/([^/%]+)$/);
  if (fraction) {
    const value = readNumber(fraction[1], "") / readNumber(fraction[2], "");
    return Number.isFinite(value) ? value : NaN;
  }
  const percent = s.endsWith("%");
  if (percent) s = s.slice(0, -1);
  if (/^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(s)) s = s.replaceAll(",", "");
  s = s.replace(/^([-+]?\d*),(\d+)$/, "$1.$2");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(s)) return NaN;
  return Number(s) / (percent && !/^(%|per ?cent)/i.test(unit) ? 100 : 1);
}

function near(value, row) {
  const slack = 1e-9 * Math.max(1, Math.abs(value));
  return Math.abs(value - Number(row.dataset.answer)) <= Number(row.dataset.tolerance) + slack;
}

function reason(row) {
  return row.querySelector(".quiz-reason").cloneNode(true);
}

// What to say: {right: true, false or null if nothing can be judged, verdict, notes}.
function judgeNumber(form, rows) {
  const field = form.querySelector("input");
  if (!field.value.trim()) return { right: null, verdict: "Write a number first.", notes: [] };
  const value = readNumber(field.value, field.dataset.unit || "");
  if (Number.isNaN(value)) {
    return { right: null, verdict: "I cannot read that as a number; write it like 0.25, 25% or 1/4.", notes: [] };
  }
  const row = rows.find((r) => r.dataset.answer && near(value, r)) || rows.at(-1);
  const right = row.classList.contains("quiz-right");
  return { right, verdict: right ? "Right." : "Not right.", notes: [element("p", "", reason(row))] };
}

function judgeChoice(form, rows) {
  const inputs = [...form.querySelectorAll("input")];
  if (!inputs.some((input) => input.checked)) return { right: null, verdict: "Choose an answer first.", notes: [] };
  const many = form.dataset.type === "choices";
  const notes = [];
  let right = true;
  inputs.forEach((input, place) => {
    const good = rows[place].classList.contains("quiz-right");
    const label = input.closest("label");
    if (input.checked || (many && good)) {
      const [sign, word] = !input.checked ? ["○", "Missed"] : good ? ["✓", "Right"] : ["✗", "Not right"];
      label.dataset.mark = sign;
      const head = element("strong", "", `${sign} ${word}: `, rows[place].querySelector(".quiz-text").textContent);
      notes.push(element("p", "", ...(many ? [head, " "] : []), reason(rows[place])));
    }
    right = right && (input.checked === good || (!many && !input.checked));
  });
  const some = many && inputs.some((input, place) => input.checked && rows[place].classList.contains("quiz-right"));
  return { right, verdict: right ? "Right." : some ? "Partly right." : "Not right.", notes };
}

function clear(form) {
  form.querySelector(".quiz-feedback").replaceChildren();
  form.querySelectorAll("[data-mark]").forEach((label) => delete label.dataset.mark);
}

function check(form, rows) {
  clear(form);
  const { right, verdict, notes } = form.dataset.type === "number" ? judgeNumber(form, rows) : judgeChoice(form, rows);
  const mark = right === null ? "" : right ? "✓ " : "✗ ";
  const state = right === null ? "" : right ? "is-right" : "is-wrong";
  form.querySelector(".quiz-feedback").append(
    element("div", state, element("p", "quiz-verdict", mark + verdict), ...notes),
  );
}

// On the page that places a reader: the first chapter whose question is not answered right.
function place(quiz) {
  const first = [...quiz.querySelectorAll("form")].find((form) => !form.querySelector(".is-right"));
  const link = first && first.querySelector(".quiz-count a").cloneNode(true);
  const said = link ? ["Start with ", link, "."] : ["You know what this course begins with: go straight to the capstone."];
  let place = quiz.querySelector(".placement-start");
  if (!place) {
    place = element("p", "placement-start");
    place.setAttribute("role", "status");
    quiz.querySelector(".quiz-answers").before(place);
  }
  place.replaceChildren(...said);
}

for (const quiz of document.querySelectorAll(".quiz")) {
  const answers = quiz.querySelector(".quiz-answers");
  answers.open = false;
  answers.classList.add("closed"); // until here the style sheet hides them, so that nothing moves
  for (const form of quiz.querySelectorAll("form")) {
    const rows = [...quiz.querySelector(`[data-answers="${form.dataset.id}"]`).children];
    form.hidden = false;
    form.addEventListener("input", () => clear(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      check(form, rows);
      if (quiz.classList.contains("placement")) place(quiz);
    });
  }
}
