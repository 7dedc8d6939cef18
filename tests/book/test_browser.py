"""The built book in a browser: whole without a network, accessible, readable on a phone, and its
quizzes.
"""

import re
import threading
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from coursekit import ROOT
from coursekit.build import serve
from coursekit.content import frontmatter

pytestmark = pytest.mark.browser

KEEP_ONE_OF_EACH = """() => {  // words of a kind look alike: axe, which is slow, sees one
    const seen = new Set()
    for (const word of document.querySelectorAll('pre span')) {
        const place = word.closest('.cell_input, .cell_output, pre')
        const kind = word.className + '|' + place.className
        if (seen.has(kind)) word.replaceWith(word.textContent)
        seen.add(kind)
    }
}"""
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules of axe that a colour can break
# What surrounds every page is the same: axe reads it on the first page of each folder.
AROUND = {"exclude": [[".bd-sidebar-primary"], [".bd-header"], ["footer"]]}
KILOBYTES = 1200  # of a cold page, uncompressed; the bare theme alone takes 2,500


def _listed(entry):
    """Pages of a table of contents, in order."""
    names = [entry[key] for key in ("root", "file") if key in entry]
    for key in ("parts", "chapters", "sections"):
        for child in entry.get(key, []):
            names += _listed(child)
    return names


PAGES = _listed(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))
FIRST = {name.rpartition("/")[0]: name for name in reversed(PAGES)}
QUIZZES = {name: ROOT / "book" / "quizzes" / f"{Path(name).name}.yml" for name in PAGES}
QUIZZES = {
    name: yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
    for name, path in QUIZZES.items()
    if name.startswith("book/") and path.exists()
}


@pytest.fixture(scope="session")
def site(book_html):
    """Address of the book, served on loopback."""
    server = serve.start(port=0, folder=book_html)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def _open(page, site, name):
    page.goto(f"{site}/{name}.html", wait_until="load")


@pytest.mark.parametrize("name", ["book/placement", "book/05_overfitting"])
def test_nothing_moves_while_a_page_loads(page, site, name):
    """The sum of what browsers call layout shifts; up to 0.1 is called good."""
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const entry of"
        " list.getEntries()) window.moved += entry.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        _open(page, site, name)
        page.wait_for_timeout(500)
        moved = page.evaluate("window.moved")
        assert moved < 0.1, f"{name} at {size['width']} px moves by {moved:.2f} while it loads"


@pytest.mark.parametrize("name", ["book/datasets", "book/02_how_models_behave"])
def test_every_header_of_a_table_says_of_what_it_is(book_html, name):
    html = (book_html / f"{name}.html").read_text(encoding="utf-8")
    headers = re.findall(r"<th\b[^>]*>", html)
    loose = [header for header in headers if " scope=" not in header]
    assert headers and not loose, f"{name}: {len(loose)} of {len(headers)} have no scope"


class _Heard:
    """What a page asks for and complains of, from its first request on."""

    def __init__(self, page):
        self.asked, self.faults, self.responses = [], [], {}
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("response", lambda response: self.responses.update({response.url: response}))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.faults.append(message.text) if message.type in ("error", "warning") else None
            ),
        )


def not_whole(page, site, heard):
    """What is missing without a network, or too heavy."""
    page.evaluate("document.querySelectorAll('img').forEach(image => { image.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    elsewhere = [url for url in heard.asked if not url.startswith((site, "data:"))]
    if elsewhere:
        yield (
            f"It asks another host for {elsewhere}: serve it from book/_static, or filter it in"
            " book/_ext/offline.py."
        )
    if heard.faults:
        yield f"The browser's console reports {heard.faults}."
    loaded = dict(heard.responses)  # a late response must not change it while bodies are read
    missing = [url for url, response in loaded.items() if response.status >= 400]
    if missing:
        yield f"It asks for files that are not in the book: {missing}."
    sizes = {
        url.removeprefix(site): len(response.body())
        for url, response in loaded.items()
        if response.ok
    }
    if sum(sizes.values()) >= KILOBYTES * 1000:
        heaviest = sorted(sizes, key=sizes.get, reverse=True)[:3]
        yield f"It weighs {sum(sizes.values()) // 1000} kB, over {KILOBYTES}; most: {heaviest}."
    pictures = page.evaluate(
        "[...document.querySelectorAll('img')].filter(i => !i.complete || !i.naturalWidth).map(i"
        " => i.src)"
    )
    if pictures:
        yield f"Pictures are broken: {pictures}."


CUT_OFF = """selector => [...document.querySelectorAll(selector)]
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.trim().slice(0, 80))"""
SILENT = """() => [...document.querySelectorAll('.cell_output .pst-scrollable-table-container')]
    .filter(e => e.scrollWidth > e.clientWidth + 1)
    .filter(e => !(parseFloat(getComputedStyle(e, '::before').height) > 10)).length"""
TOO_WIDE = """() => [...document.querySelectorAll('article *')]
    .filter(e => e.getBoundingClientRect().right > 391)
    .filter(e => !e.closest('pre, .pst-scrollable-table-container, .output'))
    .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""


def too_wide(page):
    """What a desk or a phone cuts off."""
    cut = page.evaluate(CUT_OFF, ".cell_input pre")
    if cut:
        yield f"Code scrolls at 1280 px: {cut}. Break its lines at 76 columns."
    page.set_viewport_size(PHONE)
    width, wide = page.evaluate("document.scrollingElement.scrollWidth"), page.evaluate(TOO_WIDE)
    if width > 390 or wide:
        yield (
            f"It is {width} pixels wide on a phone of 390; too wide: {wide}. Let it wrap or scroll"
            " in its own box."
        )
    cut = page.evaluate(CUT_OFF, ".cell_output pre")
    if cut:
        yield f"What code prints is cut on a phone: {cut}. See course.css."
    if page.evaluate(SILENT):
        yield "A wide table does not say on a phone that it scrolls. See course.css."
    page.set_viewport_size(DESK)


def not_accessible(page, whole):
    """What axe finds: all its rules in light, those about colours in dark again."""
    context = None if whole else AROUND
    page.evaluate(KEEP_ONE_OF_EACH)
    for scheme, options in (("light", {}), ("dark", {"runOnly": COLOURS})):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function("s => document.documentElement.dataset.theme === s", arg=scheme)
        options["resultTypes"] = ["violations"]  # what passes is not written down
        for rule in Axe().run(page, context, options).response["violations"]:
            for place in rule["nodes"]:
                yield (
                    f"axe, {scheme}: {rule['id']} ({rule['help']}): {place['html'][:200]}"
                    f" {place['failureSummary']} Mend the page, or for the theme"
                    " book/_ext/accessibility.py."
                )


@pytest.mark.parametrize("name", [*PAGES, "search", "genindex"])
def test_page_serves_every_reader(page, site, name):
    """One visit: offline, at a desk, on a phone, with a screen reader, in light and dark."""
    heard = _Heard(page)
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    _open(page, site, name)
    found = list(not_whole(page, site, heard))
    if page.locator("text=evidence.record").count():
        found.append("It shows bookkeeping: tag the cell remove-cell.")
    page.evaluate(
        "document.querySelectorAll('details').forEach(details => { details.open = true })"
    )
    whole = FIRST.get(name.rpartition("/")[0], name) == name
    found += [*too_wide(page), *not_accessible(page, whole)]
    assert not found, f"{name}:\n" + "\n".join(found)


TOPICS = {name: frontmatter.load(ROOT / f"{name}.md")["topic"] for name in QUIZZES}


def test_the_first_page_names_every_subject(page, site):
    _open(page, site, PAGES[0])
    for place in (".bd-sidebar-primary nav", "article"):
        shown = page.locator(place).first.inner_text()
        missing = [topic for topic in TOPICS.values() if topic not in shown]
        assert not missing, f"{place} does not name {missing}."


@pytest.mark.parametrize("name", TOPICS)
def test_a_chapter_is_found_by_its_subject(page, site, name):
    topic = TOPICS[name]
    _open(page, site, name)
    assert topic in page.title() and topic in page.locator("h1").first.inner_text()
    page.goto(f"{site}/search.html?q={topic.split()[0].lower()}")
    words = re.compile(re.escape(topic).replace(r"\ ", r"\s"))
    page.locator("#search-results li", has_text=words).first.wait_for(timeout=10_000)


def test_no_page_names_a_script_or_style_of_another_host(book_html):
    loads = re.compile(
        r"<(?:script|img|iframe)[^>]*\ssrc=[\"'](?:https?:)?//[^>]*>|<link(?![^>]*rel=[\"']canonical)[^>]*\shref=[\"'](?:https?:)?//[^>]*>|https?://(?:unpkg\.com|cdn\.|cdnjs\.|fonts\.g)[^\"'\s<]*"
    )
    found = {
        path.relative_to(book_html): hits
        for path in book_html.rglob("*.html")
        if (hits := loads.findall(path.read_text(encoding="utf-8")))
    }
    assert not found, f"These pages name another host: {found}. Filter it in book/_ext/offline.py."


def test_theme_follows_the_reader(page, site):
    _open(page, site, PAGES[0])
    page.locator("button.theme-switch-button").first.click()
    assert page.evaluate("localStorage.mode") in ("light", "dark")


def test_search_finds_a_word(page, site):
    _open(page, site, PAGES[0])
    page.goto(f"{site}/search.html?q=overfitting")
    page.wait_for_selector("#search-results li a")


# Quizzes


def _form(page, question):
    return page.locator(f'form[data-id="{question["id"]}"]')


def _reasons(form):
    return [
        re.sub(r"\s+", " ", text).strip()
        for text in form.locator(".quiz-feedback .quiz-reason").all_text_contents()
    ]


def _same(shown, written):
    """Whether a shown text is what the YAML says; numbers drawn from evidence may be anything."""
    plain = re.sub(r"\{(?:term|abbr)\}`([^`<]*?)(?: ?<[^`]*)?`", r"\1", " ".join(written.split()))
    parts = re.split(r"\{[\w:-]+\}`[^`]*`", plain)
    pattern = ".+?".join(re.escape(re.sub(r"[*`_]", "", part)) for part in parts)
    straight = shown.translate(str.maketrans("’‘“”", "''\"\""))
    return re.fullmatch(
        pattern.translate(str.maketrans("’‘“”", "''\"\"")), straight.replace("_", "")
    )


def _verdict(form):
    return form.locator(".quiz-verdict").text_content()


@pytest.mark.parametrize("name", QUIZZES)
def test_each_answer_gets_its_reason(page, site, name):
    _open(page, site, name)
    for question in QUIZZES[name]:
        form, where = _form(page, question), f"{name}, question {question['id']}"
        if question["type"] == "number":
            tries = [question] + question.get("wrong", [])
            for entry in tries:
                form.locator("input").fill(str(entry["answer"]))
                form.locator("button").click()
                assert _same(_reasons(form)[0], entry["reason"]), (
                    f"{where}: {entry['answer']} gets {_reasons(form)}"
                )
                assert ("✓ Right." == _verdict(form)) == (entry is question), where
            form.locator("input").fill("123456789")
            form.locator("button").click()
            assert _same(_reasons(form)[0], question["otherwise"]), (
                f"{where}: any other answer gets {_reasons(form)}"
            )
            continue
        for place, option in enumerate(question["options"]):
            form.locator("input").nth(place).check()
            form.locator("button").click()
            shown = _reasons(form)
            missed = [
                o["reason"] for o in question["options"] if o.get("right") and o is not option
            ]
            expected = [option["reason"]] if question["type"] == "choice" else None
            assert any(_same(text, option["reason"]) for text in shown), (
                f"{where}: option {place + 1} gets {shown}"
            )
            if expected:
                assert len(shown) == 1, f"{where}: option {place + 1} gets {shown}"
                assert _verdict(form) == ("✓ Right." if option.get("right") else "✗ Not right."), (
                    where
                )
            else:
                for reason in missed:
                    assert any(_same(text, reason) for text in shown), (
                        f"{where}: the missed option's reason is not shown: {reason}"
                    )
                form.locator("input").nth(place).uncheck()


@pytest.mark.parametrize("name", list(QUIZZES)[:1])
def test_quiz_with_the_keyboard_alone(page, site, name):
    _open(page, site, name)
    keyboard = page.keyboard

    def focus_next(selector, limit=250):
        for _ in range(limit):
            keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                ring = page.evaluate(
                    """() => { const e = document.activeElement, l = e.closest('label') || e;
                    return [e, l].some(x => getComputedStyle(x).outlineStyle !== 'none' &&
                    parseFloat(getComputedStyle(x).outlineWidth) >= 2) }"""
                )
                assert ring, f"{name}: the focus on {selector} cannot be seen."
                return
        pytest.fail(f"{name}: Tab does not reach {selector}.")

    for question in QUIZZES[name]:
        inside = f'form[data-id="{question["id"]}"]'
        if question["type"] == "number":
            focus_next(f"{inside} input")
            keyboard.type(str(question["answer"]))
            keyboard.press("Enter")
        elif question["type"] == "choice":
            right = [bool(option.get("right")) for option in question["options"]].index(True)
            focus_next(f"{inside} input")
            keyboard.press("Space")
            for _ in range(right):
                keyboard.press("ArrowDown")
            focus_next(f"{inside} button")
            keyboard.press("Enter")
        else:
            for place, option in enumerate(question["options"]):
                focus_next(f'{inside} input[value="{place}"]')
                if option.get("right"):
                    keyboard.press("Space")
            focus_next(f"{inside} button")
            keyboard.press("Enter")
        assert _verdict(_form(page, question)) == "✓ Right.", f"{name}, question {question['id']}"
    focus_next(".quiz-answers summary")
    keyboard.press("Enter")
    assert page.locator(".quiz-reasons").first.is_visible()


def test_placement_names_the_first_chapter_that_is_not_known(page, site):
    _open(page, site, "book/placement")
    forms = page.locator(".placement form")
    assert forms.count() == len(QUIZZES), "one question a chapter"
    for place, name in enumerate(list(QUIZZES)[:3]):
        placed = frontmatter.load(ROOT / f"{name}.md")["placement"]
        question = next(each for each in QUIZZES[name] if each["id"] == placed)
        right = [bool(option.get("right")) for option in question["options"]].index(True)
        chosen = right if place < 2 else (right + 1) % 2
        forms.nth(place).locator("input").nth(chosen).check()
        forms.nth(place).locator("button").click()
        verdict = _verdict(forms.nth(place))
        assert verdict == ("✓ Right." if place < 2 else "✗ Not right."), f"{name}, {placed}"
    said = page.locator(".placement-start")
    assert TOPICS[list(QUIZZES)[2]] in said.inner_text().replace("\u00a0", " ")
    assert said.locator("a").get_attribute("href").startswith(Path(list(QUIZZES)[2]).name)


@pytest.mark.parametrize("name", QUIZZES)
def test_quiz_without_a_script_shows_its_answers(browser, site, name):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    _open(page, site, name)
    assert page.locator(".quiz form:visible").count() == 0, (
        f"{name}: a form that cannot work is shown."
    )
    for question in QUIZZES[name]:
        rows = page.locator(f'[data-answers="{question["id"]}"] .quiz-reason')
        written = [
            entry["reason"]
            for entry in (
                question["options"]
                if "options" in question
                else [question, *question.get("wrong", [])]
            )
        ]
        for row, reason in zip(rows.all(), written, strict=False):
            assert row.is_visible() and _same(re.sub(r"\s+", " ", row.text_content()), reason), (
                f"{name}, question {question['id']}"
            )
    context.close()


@pytest.mark.parametrize("name", list(QUIZZES)[:1])
def test_quiz_works_from_a_file(page, book_html, name):
    page.goto((book_html / f"{name}.html").as_uri())
    question = next(question for question in QUIZZES[name] if question["type"] == "choice")
    form = _form(page, question)
    form.locator("button").click()
    assert _verdict(form) == "Choose an answer first."
    form.locator("input").first.check()
    form.locator("button").click()
    assert len(_reasons(form)) == 1


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("0.09", "", 0.09),
        ("0,09", "", 0.09),
        (" 9 % ", "", 0.09),
        ("9%", "%", 9),
        ("9", "per cent", 9),
        ("1/11", "", 1 / 11),
        ("−1.5", "", -1.5),
        ("39 500", "", 39500),
        ("39,500", "", 39500),
        ("1,000,000.5", "", 1000000.5),
        ("0,123", "", 0.123),
        (".5", "", 0.5),
        ("5e-3", "", 0.005),
        ("£12.50", "", 12.5),
        ("14 days", "days", 14),
        ("7.5 points", "points", 7.5),
        ("nine", "", None),
        ("1/0", "", None),
        ("1,2,3", "", None),
        ("", "", None),
        ("0.5.1", "", None),
        ("1//2", "", None),
    ],
)
def test_numbers_are_read_as_people_write_them(page, text, unit, value):
    page.set_content("<p></p>")
    page.add_script_tag(path=ROOT / "book" / "_static" / "quiz.js")
    read = page.evaluate("([text, unit]) => readNumber(text, unit)", [text, unit])
    assert read == pytest.approx(value) if value is not None else read != read


@pytest.mark.parametrize("name", list(QUIZZES)[:1])
def test_what_is_no_number_gets_one_kind_sentence(page, site, name):
    _open(page, site, name)
    form = _form(
        page, next(question for question in QUIZZES[name] if question["type"] == "number")
    )
    for text, said in (
        ("", "Write a number first."),
        ("about nine", "I cannot read that as a number; write it like 0.25, 25% or 1/4."),
    ):
        form.locator("input").fill(text)
        form.locator("button").click()
        assert _verdict(form) == said and not _reasons(form)
