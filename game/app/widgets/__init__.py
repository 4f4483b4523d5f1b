"""Widgets: small things to read, press and choose, and the form that moves focus between them.

Every widget has a ``rect`` in stage pixels, set by the screen's ``layout`` (ask ``size(stage, width)`` how large it
wants to be), and works by keyboard alone and by mouse alone.  A screen of widgets is a :class:`Form`:

    class Hello(Form):
        def enter(self) -> None:
            self.widgets = [Button(say("app.back"), self.stage.pop, key=Action.BACK, kind="primary")]
        def layout(self, size):
            place_row(self.stage, self.widgets, left=self.stage.px(40), top=self.stage.px(40), width=size[0])
        def draw(self, surface):
            surface.fill(self.stage.palette.paper)
            self.draw_widgets(surface)
"""

from game.app.widgets.button import Button, Toggle
from game.app.widgets.choice import Choice
from game.app.widgets.field import NumberField, TextField
from game.app.widgets.form import Form
from game.app.widgets.key_hint import KeyHint, draw_key, key_width
from game.app.widgets.layout import place_column, place_row
from game.app.widgets.pane import ScrollPane
from game.app.widgets.scale import Scale
from game.app.widgets.slider import Slider
from game.app.widgets.text import Heading, Text, elided, fitting_size
from game.app.widgets.widget import Widget, draw_focus_ring

__all__ = [
    "Button",
    "Choice",
    "Form",
    "Heading",
    "KeyHint",
    "NumberField",
    "Scale",
    "ScrollPane",
    "Slider",
    "Text",
    "TextField",
    "Toggle",
    "Widget",
    "draw_focus_ring",
    "draw_key",
    "elided",
    "fitting_size",
    "key_width",
    "place_column",
    "place_row",
]
