"""Drawing: palettes, type, panels, the map, the sky; every picture is a pure function of what it is given."""
