"""A player is a control that nobody moves: named, silent until pressed, and gone with its demo."""

import asyncio
import base64

from cnnlib.demo.frame import Demo
from cnnlib.demo.listen import REST, Listen, player
from cnnlib.demo.view import View


def toy():
    def view(heard):
        return View(panels=[], sentence="Beep.", sound={"heard": b"RIFF"})

    return Demo("Toy", "what sounds?", {"heard": Listen("hear it")}, view)


def test_the_sound_is_in_the_page_and_nothing_plays_by_itself():
    html = player("hear it", b"RIFF")
    assert base64.b64encode(b"RIFF").decode() in html
    assert "autoplay" not in html
    assert "loop" not in html
    assert " controls " in html


def test_a_label_cannot_leave_its_quotes():
    assert 'aria-label="a &quot;b&quot; &lt;c&gt;"' in player('a "b" <c>', b"")


def test_a_view_hands_over_the_sound_without_another_redraw():
    demo = toy()
    assert demo.heard.value == player("hear it", b"RIFF")
    assert demo.heard in demo.bar.children
    demo.reset()
    assert demo.heard.value == player("hear it", b"RIFF")


def test_it_is_closed_with_its_demo():
    demo = toy()
    demo.close()
    assert demo.heard.comm is None


def test_while_sounds_follow_each_other_the_page_gets_only_the_last(monkeypatch):
    sent = []
    listen = Listen("hear it")
    monkeypatch.setattr(listen, "_send", lambda message, buffers: sent.append(message["state"]))

    async def drag():
        for sound in ("a", "b", "c"):
            listen.value = sound
        assert sent == []
        await asyncio.sleep(1.5 * REST)

    asyncio.run(drag())
    assert sent == [{"value": "c"}]
    listen.value = "d"  # no loop runs here
    assert sent[1:] == [{"value": "d"}]


def test_a_sound_that_waits_is_not_lost_when_something_else_is_sent(monkeypatch):
    sent = []
    listen = Listen("hear it")
    monkeypatch.setattr(listen, "_send", lambda message, buffers: sent.append(message["state"]))

    async def change():
        listen.value = "a"
        listen.description = "hear that"
        await asyncio.sleep(1.5 * REST)

    asyncio.run(change())
    assert sent == [{"description": "hear that"}, {"value": "a"}]
