"""Geography: where the places of a level lie and how the channels run between them.  Depends on the model alone."""

from game.geography.channel import Channel
from game.geography.world import CHANNEL_WIDTH, PLACE_RADIUS, Geography, lay_out

__all__ = ["CHANNEL_WIDTH", "PLACE_RADIUS", "Channel", "Geography", "lay_out"]
