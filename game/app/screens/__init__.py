"""The screens, one a module: title, levels, set off, drive, debrief, and the sheets laid over them."""
