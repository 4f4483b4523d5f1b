"""Further than one sees: a look through the spyglass, the map that somebody lends, and all there is as a list."""

from __future__ import annotations

from game.app.screens.drive_helm import AtTheHelm
from game.app.screens.drive_list import MapList
from game.app.screens.drive_telling import happening, map_list
from game.words import say


class Further(AtTheHelm):
    """A drive on which one can look further, borrow maps, and read everything."""

    def look_further(self) -> None:
        """Looks through the spyglass, where that shows something; its price is gone at once."""
        voyage = self.voyage
        if voyage is None or voyage.replaying:
            return
        if self.session.level.spyglass is None:
            self.scene.say(say("drive.look.none"))
        elif not voyage.choosing or not self.session.may_look:
            self.scene.say(say("drive.look.nothing"))
        else:
            look = self.session.look()
            self.scene.take_in((look,))
            self.scene.say(happening(voyage, look))
            self.scene.lent.update()
            self.hands.settle()

    def borrow_map(self) -> None:
        """Borrows the next oracle's map; after the last one nobody's."""
        if self.voyage is None:
            return
        lent = self.scene.lent
        if not self.session.level.oracles:
            self.scene.say(say("lent.nobody_here"))
            return
        lent.next()
        self.scene.say(say("lent.nobody") if lent.lender is None else say("lent.of", name=lent.lender.label))

    def open_list(self) -> None:
        """Everything on the map as a list."""
        if self.voyage is not None:
            lent = tuple(self.scene.lent.told())
            self.stage.push(MapList(map_list(self.voyage, self.hands.fork, self.scene.company, lent)))
