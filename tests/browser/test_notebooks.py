"""Every notebook in real JupyterLab in Chromium: run it, move everything, look at it in both themes."""

import functools
from types import SimpleNamespace

import pytest
from checks import (
    ALLOWED,
    anatomy,
    check_axe,
    check_fits,
    check_layers,
    check_names,
    check_shortcuts,
    health,
    likeness,
)
from fits import check_screen
from moves import check_controls
from server import NOTEBOOKS


@pytest.fixture(scope="session")
def turn_to(lab):
    """Open a notebook, in the tab of the one before: JupyterLab need not start for each."""
    pages = []

    def turn_to(name):
        if pages:
            pages[0].turn_to(name)
        else:
            pages.append(lab.open(name))
        return pages[0]

    yield turn_to
    for page in pages:
        page.close()


@pytest.fixture(scope="class")
def opened(request, turn_to):
    """One notebook, run once; its checks share the page."""
    page = turn_to(request.cls.path.name)
    page.run_all()
    return looked_at(page, request.cls.path.name)


def looked_at(page, path):
    """Look at every demo of a notebook that was run; return them, and what is wrong at first sight."""
    opened = SimpleNamespace(page=page, path=path, demos={})

    def see(demo, where):
        opened.demos[where] = page.state(demo)
        return health(opened.demos[where]) + check_names(page, demo) + check_layers(page, demo)

    opened.faults = page.news(ALLOWED) + each_demo(page, page.walk(), see)
    return opened


def each_demo(page, places, check, get=None):
    """Run `check(demo, place)` on every demo; return its faults, and new errors anywhere."""
    get, faults = get or page.demo, []
    for number, where in enumerate(places, 1):
        demo = get(*where)
        if found := check(demo, where) + page.news(ALLOWED):
            name = demo.query_selector(".cnn-title").inner_text()
            faults += [f"demo {number}, {name}: {fault}" for fault in found]
    return faults


def assert_none(faults):
    """Fail with one fault a line."""
    assert not faults, "\n".join(["", *faults])


class Runs:
    """The checks of one notebook, `path`. A class for each, as pytest-xdist keeps a class in one process."""

    def test_runs_without_any_error_and_its_sliders_have_names(self, opened):
        assert_none(opened.faults)
        calls = [cell for cell in opened.page.cells() if "explore_" in cell["source"] and cell["outputs"]]
        assert opened.demos or not calls, "a notebook with explore_ calls shows no demo"


class Page(Runs):
    """How it looks."""

    def test_nothing_is_cut_off_at_768_pixels_and_all_fits_a_screen(self, opened):
        page, faults = opened.page, []
        with page.unrolled():
            for check in check_fits, check_screen:
                faults += each_demo(
                    page, opened.demos, lambda demo, _, check=check: check(page, demo), page.unrolled_demo
                )
        assert_none(faults)

    def test_axe_finds_nothing_serious(self, opened):
        faults = []
        for theme, rules in (("dark", ["color-contrast"]), ("light", [])):
            opened.page.theme(theme)  # before: in the high window all of it would be painted once more
            with opened.page.unrolled():
                faults += check_axe(opened.page, theme, rules)
        assert_none(faults)


class Moves(Runs):
    """Those of a lesson; what the other notebooks show is moved in its lesson."""

    def test_every_control_answers_to_keys_and_each_kind_to_the_mouse(self, opened, photo, first):
        page = opened.page

        def check(demo, where):
            start = opened.demos[where]
            title, prediction, controls = anatomy(demo)
            # One slider drags as well as the next; panels are ours, and a lesson's differ.
            looks = demo.evaluate("e => [...e.querySelectorAll('.cnn-grid')].map(grid => grid.className)")
            like = {"panel": (opened.path, sorted(set(looks)))}

            @functools.cache  # of two controls of one demo that are told alike both are moved
            def new(kind, name):
                return first(*likeness(title, prediction, kind, name, opened.path))

            @functools.cache
            def new_to_the_mouse(kind):
                return first("mouse", kind, like.get(kind))

            found = check_controls(page, demo, start, "keyboard", photo, new)
            found += check_controls(page, demo, start, "mouse", photo, lambda kind, _: new_to_the_mouse(kind))
            # The demo's frame takes the keys for all of a kind alike.
            return found + check_shortcuts(page, demo, [kind for kind in controls if first("frame", kind)])

        with page.bare():
            faults = each_demo(page, opened.demos, check)
        assert_none(faults)


for path in reversed(NOTEBOOKS):  # the longest is the last lesson: not to be waited for alone
    name = f"Test_{path.stem}"
    globals()[name] = type(
        name, (Moves, Page) if path.name[0].isdigit() else (Page,), {"path": path, "__module__": __name__}
    )
