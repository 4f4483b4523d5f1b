"""The screens of a workshop: choosing an exercise, one screen for each kind of step, the closing page, the curtain."""
