"""The site that needs no server: built, opened from its first page, and used by a learner."""

import re

import pytest
from lab import LabPage
from server import NOTEBOOKS, ROOT

SECONDS = 300  # Python itself starts in the page


def attached(tab, name=None):
    """Open a notebook in a tab of the site, if it is named, and wait for its Python; return its page."""
    if name:
        tab.goto(f"/lab/index.html?workspace={name}&path={name}")
    page = LabPage(tab)
    page.attach(SECONDS)
    return page


def run(page, code):
    """Run code in a new cell at the end of the notebook, and wait for it."""
    page.tab.evaluate(
        """async (code) => {
             const { commands } = jupyterapp;
             cnn.notebook.activeCellIndex = cnn.notebook.widgets.length - 1;
             await commands.execute('notebook:insert-cell-below');
             cnn.notebook.activeCell.model.sharedModel.setSource(code);
             await commands.execute('notebook:run-cell');
           }""",
        code,
    )
    page.wait_idle()


def said(page):
    """Return the text of the last cell's output."""
    return page.tab.evaluate(
        "() => cnn.notebook.widgets.at(-1).node.querySelector('.jp-OutputArea-output').innerText"
    )


@pytest.fixture(scope="module")
def lesson(site):
    """The first lesson, come to from the first page. One for all tests: a Python that starts takes long."""
    tab = site.new_page()
    tab.goto("/")
    assert "Start here" in tab.locator("ol a").first.inner_text()
    tab.locator("ol a").first.click()
    tab.wait_for_url("**/lab/**")
    yield attached(tab)
    tab.close()


def test_the_first_page_names_all_lessons_and_keeps_the_site(site):
    tab = site.new_page()
    tab.goto("/")
    assert tab.locator("ol a").count() == len(NOTEBOOKS)
    loading = "async () => { const lost = await loadAll(files); start.close(); return [lost, bar.value]; }"
    assert tab.evaluate(loading) == [0, 1]
    assert re.search(r"(\d+) of \1 MB", tab.locator("#what").text_content())
    tab.close()


def test_an_answer_outlives_a_reload(site, lesson):
    page, tab = lesson, lesson.tab
    page.run_all(SECONDS)
    assert page.problems() == []
    where = page.demos()[0]
    demo = page.demo(*where)
    before = page.settle(demo)
    demo.query_selector(".noUi-handle").focus()
    tab.keyboard.press("ArrowRight")
    after = page.settle(demo)
    assert after["picture"] != before["picture"]
    assert after["sentence"] != before["sentence"]

    run(page, "from cnnlib.exercises import check_out_size\ncheck_out_size(lambda n, k, s, p, d: n + k)")
    assert said(page).lower().startswith("not yet")
    run(page, "check_out_size(lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s + 1)")
    assert said(page).lower().startswith("right")
    tab.evaluate("() => cnn.panel.context.save()")
    tab.reload()
    page.attach(SECONDS)
    tab.wait_for_selector(".cnn-away:not([hidden])")  # what was shown is there again
    run(page, "from cnnlib.exercises import progress\nprogress()")
    assert "06 Stride, padding, size\t1 of" in said(page)
    run(page, "from cnnlib.exercises import my_answers\nmy_answers()")
    tab.wait_for_selector("a[download]")
    files = "async () => (await jupyterapp.serviceManager.contents.get('')).content.map(f => f.name)"
    assert [name for name in tab.evaluate(files) if "held" in name or "lock" in name] == []
    assert page.problems() == []
    assert site.away == []


def test_a_network_is_trained(lesson):
    run(
        lesson,
        "from cnnlib import nn\nfrom cnnlib.explore import explore_training\nexplore_training(epochs=1)",
    )
    demo = lesson.tab.locator(".jp-Cell:last-child .cnn-demo").element_handle()
    demo.query_selector("button:has-text('train')").click()
    lesson.tab.wait_for_function("demo => / 1 of 1|after 1 epoch/.test(demo.innerText)", arg=demo)
    assert lesson.problems() == []


READ = """() => {
  const { contents } = jupyterapp.serviceManager, get = contents.get;
  window.read = [];
  contents.get = (path, ...how) => { read.push(path); return get.call(contents, path, ...how); };
}"""


def test_an_import_does_not_read_all_that_a_learner_has_kept(lesson):
    """It took longer with every lesson that was kept, and so did the start."""
    lesson.tab.evaluate(READ)
    run(
        lesson,
        "import os\nfolder = [os.stat('.') for _ in range(40)][0]\nnote = os.stat('00_start_here.ipynb')",
    )
    assert lesson.tab.evaluate("read").count("") < 20  # JupyterLab's own list of files reads it now and then
    run(lesson, "print(folder.st_size, folder.st_mtime, note.st_size > 0)")
    assert said(lesson).strip() == "0 0.0 True"
    assert lesson.problems() == []


PYTHONS = """async () => {
  const { sessions } = jupyterapp.serviceManager;
  await sessions.refreshRunning();
  return [...sessions.running()].map((it) => it.path);
}"""


def test_who_goes_on_to_the_next_lesson_takes_no_second_python_along(lesson):
    page, tab = lesson, lesson.tab
    start, glossary, following = "00_start_here.ipynb", "glossary.ipynb", "01_light_to_numbers.ipynb"

    def follow(name):
        tab.evaluate("() => cnn.notebook.scrollToItem(cnn.notebook.widgets.length - 1)")
        tab.locator(f".jp-RenderedMarkdown a[href$='{name}']").last.click()
        tab.wait_for_function("name => jupyterapp.shell.currentWidget.context?.path === name", arg=name)
        page.attach(SECONDS)

    run(page, "kept = 1")
    follow(following)
    assert tab.evaluate(PYTHONS) == [following]
    follow(glossary)
    assert sorted(tab.evaluate(PYTHONS)) == [following, glossary]  # one comes back from there
    saved = "(name) => jupyterapp.serviceManager.contents.get(name, { content: true })"
    assert "kept = 1" in str(tab.evaluate(saved, start)["content"])
    assert page.problems() == []


def test_jupyterlite_still_has_no_answer_of_its_own(site):
    """Where this fails, `MENDED` in build.py has an entry too many."""
    for path in (ROOT / "site/build").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert text.count('case"comm_info_request"') == text.count('case"comm_open":await')
