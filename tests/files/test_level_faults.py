"""Every rule of the level format: what breaks it is told with line, object, what was found and what is allowed."""

from __future__ import annotations

import pytest

from game.files import Fault, LevelFaults, level_from_text

SOUND = """\
format = 1
title = "Estuary"
about = "A story."
years = 8
start = "school"
sight = "all"
almanac = true

[values]
craft = "Work you are proud of"
recognition = "Being seen"

[value_functions]
mine = { craft = 1.0, recognition = 0.2 }

[currents.industry]
states = ["dry", "flow", "surge"]
start = "flow"
shift = [[0.6, 0.4, 0.0], [0.2, 0.5, 0.3], [0.1, 0.0, 0.9]]

[currents.academia]
states = ["dry", "flow"]
stay = 0.8

[places.school]
label = "School"
at = [0, 0]
light = { craft = 1 }
shape = "square"

[places.phd]

[[lanes]]
id = "apply"
name = "Apply"
from = "school"
to = "phd"
years = 2
current = "academia"
light = { craft = [1, 3], recognition = 2 }

[[lanes]]
from = "school"
to = "phd"
"""

# What is changed in the sound level: (old, new, line of the fault, object, found, allowed or hint).
BROKEN = {
    "no format": ("format = 1\n", "", None, "the level", "no format", "whole number 1"),
    "a newer format": ("format = 1", "format = 2", 1, "format", "whole number 2", "newer version"),
    "format 0": ("format = 1", "format = 0", 1, "format", "whole number 0", "the whole number 1"),
    "format as a float": ("format = 1", "format = 1.0", 1, "format", "number 1.0", "the whole number 1"),
    "format true": ("format = 1", "format = true", 1, "format", "true", "the whole number 1"),
    "no title": ('title = "Estuary"\n', "", None, "the level", "no title", "not empty"),
    "an empty title": ('"Estuary"', '""', 2, "title of the level", "empty text", "not empty"),
    "a blank title": ('"Estuary"', '"  "', 2, "title of the level", "empty text", "not empty"),
    "a title that is a number": ('"Estuary"', "7", 2, "title of the level", "whole number 7", "text"),
    "about a list": ('"A story."', "[1]", 3, "about of the level", "list of 1", "text"),
    "no years": ("years = 8\n", "", None, "the level", "no years", "1 to 100"),
    "years 0": ("years = 8", "years = 0", 4, "years of the level", "whole number 0", "1 to 100"),
    "years 101": ("years = 8", "years = 101", 4, "years of the level", "101", "1 to 100"),
    "years true": ("years = 8", "years = true", 4, "years of the level", "true", "1 to 100"),
    "years with a point": ("years = 8", "years = 8.0", 4, "years of the level", "8.0", "Write 8, without a point"),
    "years and a half": ("years = 8", "years = 8.5", 4, "years of the level", "8.5", "whole number"),
    "years as a text": ("years = 8", 'years = "8"', 4, "years of the level", '"8"', "whole number"),
    "years without end": ("years = 8", "years = inf", 4, "years of the level", "inf", "whole number"),
    "years beyond all digits": ("years = 8", f"years = 1{'0' * 400}", 4, "years", "more than 20 digits", "1 to 100"),
    "years of thousands of digits": ("years = 8", f"years = {'9' * 5000}", 4, "the file", "thousands of digits", ""),
    "no start": ('start = "school"\n', "", None, "the level", "no start", "id of a place"),
    "a start that does not exist": ('start = "school"', 'start = "shcool"', 5, "start", '"shcool"', 'mean "school"'),
    "a start that is a list": ('start = "school"', "start = []", 5, "start", "empty list", "id of a place"),
    "sight 0": ('sight = "all"', "sight = 0", 6, "sight of the level", "whole number 0", "whole number from 1"),
    "sight some": ('sight = "all"', 'sight = "some"', 6, "sight of the level", '"some"', '"all"'),
    "sight 1.0": ('sight = "all"', "sight = 1.0", 6, "sight of the level", "1.0", "Write 1"),
    "almanac 1": ("almanac = true", "almanac = 1", 7, "almanac of the level", "whole number 1", "true or false"),
    "an empty language": ("almanac = true", 'language = ""', 7, "language of the level", "empty", "not empty"),
    "an unknown key": ("almanac = true", "almanach = true", 7, "the level", '"almanach"', 'mean "almanac"'),
    "a key from nowhere": ("almanac = true", "qqq = 1", 7, "the level", '"qqq"', '"format"'),
    "a countable that is a text": ("almanac = true", 'countable = "craft"', 7, "countable", '"craft"', "of values"),
    "a countable value that is none": ("almanac = true", 'countable = ["crafts"]', 7, "entry 1 of countable",
                                       '"crafts"', 'mean "craft"'),
    "a countable value that is a number": ("almanac = true", "countable = [1]", 7, "entry 1 of countable", "1", "list"),
    "a change that is a text": ("almanac = true", 'may_change = "yes"', 7, "may_change of the level", "yes", "true or"),
    "a plan that is 1": ("almanac = true", "asks_plan = 1", 7, "asks_plan of the level", "1", "true or false"),
    "letting go of nothing there is": ("[currents.industry]", "[let_go]\nmin = 3\n[currents.industry]", 17, "let_go",
                                       '"min"', 'mean "mine"'),
    "letting go in no forks": ("[currents.industry]", "[let_go]\nmine = 0\n[currents.industry]", 17, "mine of let_go",
                               "whole number 0", "1 to 100"),
    "letting go as a number": ("almanac = true", "let_go = 3", 7, "let_go of the level", "whole number 3", "[let_go]"),
    "a date": ("almanac = true", "almanac = 2020-01-01", 7, "almanac", "date or time 2020-01-01", "true or false"),
    "a value that is a number": ('"Being seen"', "1", 11, "recognition of the values", "whole number 1", "text"),
    "a value without a name": ('craft = "Work', '"" = ""\ncraft = "Work', 10, "values", "name that is empty", ""),
    "a weight for no value": ("recognition = 0.2 }", "recog = 0.2 }", 14, '"mine"', '"recog"', 'mean "recognition"'),
    "a weight that is a text": ("recognition = 0.2", 'recognition = "x"', 14, "recognition of value function", "x", ""),
    "a weight that is too large": ("recognition = 0.2", "recognition = 1.1e6", 14, '"mine"', "1100000.0", "1,000,000"),
    "a weight that is no number": ("recognition = 0.2", "recognition = nan", 14, '"mine"', "nan", "finite"),
    "a value function that is a number": ("mine = {", "yours = 1\nmine = {", 14, '"yours"', "whole number 1", "table"),
    "an unknown key of a current": ("stay = 0.8", "stay = 0.8\nstat = 1", 24, '"academia"', '"stat"', 'mean "st'),
    "stay beside shift": ("shift = [[0.6", "stay = 0.5\nshift = [[0.6", 19, "stay of current", "beside", "either"),
    "neither stay nor shift": ("stay = 0.8\n", "", 21, 'current "academia"', "no shift", "either shift or stay"),
    "stay above 1": ("stay = 0.8", "stay = 1.1", 23, 'stay of current "academia"', "1.1", "0 to 1"),
    "stay below 0": ("stay = 0.8", "stay = -0.1", 23, 'stay of current "academia"', "-0.1", "0 to 1"),
    "stay true": ("stay = 0.8", "stay = true", 23, 'stay of current "academia"', "true", "0 to 1"),
    "no states": ('states = ["dry", "flow"]\n', "", 21, 'current "academia"', "no states", "2 to 8"),
    "one state": ('states = ["dry", "flow"]', 'states = ["dry"]', 22, "states of current", "1 of them", "2 to 8"),
    "nine states": ('["dry", "flow"]', '["1","2","3","4","5","6","7","8","9"]', 22, "states", "9 of them", "2 to 8"),
    "a state twice": ('["dry", "flow"]', '["dry",\n"dry"]', 23, "entry 2 of states", '"dry" once more', "its own"),
    "a state without a name": ('["dry", "flow"]', '["dry", ""]', 22, "entry 2 of states", "empty", "not empty"),
    "a state that is a number": ('["dry", "flow"]', '["dry", 2]', 22, "entry 2 of states", "whole number 2", "text"),
    "states that are a text": ('["dry", "flow"]', '"dry"', 22, "states of current", '"dry"', "2 to 8"),
    "a start that is no state": ('start = "flow"', 'start = "flw"', 18, "start of current", '"flw"', 'mean "flow"'),
    "a start that is a number": ('start = "flow"', "start = 1", 18, "start of current", "whole number 1", '"dry"'),
    "a row too few": (", [0.1, 0.0, 0.9]]", "]", 19, "shift of current", "2 rows", "3 rows"),
    "a row too short": ("[0.2, 0.5, 0.3]", "[0.7, 0.3]", 19, "row 2 of shift", "2 numbers", "3 numbers"),
    "a row that sums to 0.9": ("[0.2, 0.5, 0.3]", "[0.2, 0.4, 0.3]", 19, "row 2 of shift", "sum of 0.9", "sum to 1"),
    "a row just off": ("[0.2, 0.5, 0.3]", "[0.2, 0.5, 0.300002]", 19, "row 2 of shift", "1.000002", "sum to 1"),
    "a chance below 0": ("[0.2, 0.5, 0.3]", "[-0.2, 0.9, 0.3]", 19, "entry 1 of row 2", "-0.2", "0 to 1"),
    "a chance that is no number": ("[0.2, 0.5, 0.3]", "[nan, 0.5, 0.3]", 19, "entry 1 of row 2", "nan", "0 to 1"),
    "a chance that is true": ("[0.2, 0.5, 0.3]", "[true, 0, 0]", 19, "entry 1 of row 2", "true", "0 to 1"),
    "a row that is a number": ("[0.2, 0.5, 0.3]", "1", 19, "row 2 of shift", "whole number 1", "list"),
    "a row on a line of its own": ("[0.2, 0.5, 0.3]", "\n[0.2,\n0.5, 0.4]", 20, "row 2 of shift", "1.1", "sum to 1"),
    "shift that is a text": ("[[0.6, 0.4, 0.0], [0.2, 0.5, 0.3], [0.1, 0.0, 0.9]]", '"x"', 19, "shift", '"x"', "rows"),
    "a current that is a number": ("[currents.industry]", "[currents]\nriver = 1\n[currents.industry]", 17, '"river"',
                                   "whole number 1", "table"),
    "an unknown key of a place": ('label = "School"', 'lable = "School"', 26, 'place "school"', '"lable"', '"label"'),
    "a label that is a number": ('label = "School"', "label = 3", 26, 'label of place "school"', "3", "text"),
    "a position of one number": ("at = [0, 0]", "at = [0]", 27, 'at of place "school"', "list of 1", "[x, y]"),
    "a position that is a text": ("at = [0, 0]", 'at = "here"', 27, 'at of place "school"', "here", "[x, y]"),
    "a position without end": ("at = [0, 0]", "at = [0, -inf]", 27, "entry 2 of at", "-inf", "finite"),
    "a position that is true": ("at = [0, 0]", "at = [true, 0]", 27, "entry 1 of at", "true", "finite"),
    "an unknown shape": ('"square"', '"sqare"', 29, 'shape of place "school"', '"sqare"', 'mean "square"'),
    "light of one number for two values": ("light = { craft = 1 }", "light = 1", 28, "light of place", "1", "by value"),
    "light of a place for no value": ("light = { craft = 1 }", "light = { crft = 1 }", 28, "light of place", '"crft"',
                                      'mean "craft"'),
    "light of a place for states": ("light = { craft = 1 }", "light = { craft = [1, 2] }", 28, "craft of light",
                                    "2 numbers", "no current"),
    "light of a place that is a text": ("light = { craft = 1 }", 'light = { craft = "x" }', 28, "craft of", "x", ""),
    "a place that is a number": ("[places.phd]", "[places]\nphd = 3", 32, 'place "phd"', "whole number 3", "table"),
    "a place without a name": ("[places.phd]", '[places.phd]\n[places." "]', 32, "places", "name that is empty", ""),
    "an unknown key of a lane": ('name = "Apply"', 'nam = "Apply"', 35, 'lane "apply"', '"nam"', 'mean "name"'),
    "an empty id": ('id = "apply"', 'id = ""', 34, "id of lane", "empty", "not empty"),
    "an id that is a number": ('id = "apply"', "id = 1", 34, 'id of lane "school->phd"', "whole number 1", "text"),
    "no from": ('from = "school"\nto = "phd"\nyears', 'to = "phd"\nyears', 33, 'lane "apply"', "no from", "place"),
    "no to": ('to = "phd"\nyears', "years", 33, 'lane "apply"', "no to", "id of a place"),
    "to nowhere": ('to = "phd"\nyears', 'to = "pdh"\nyears', 37, 'to of lane "apply"', '"pdh"', 'mean "phd"'),
    "a lane of no years": ("years = 2", "years = 0", 38, 'years of lane "apply"', "0", "whole number from 1"),
    "a lane of -1 years": ("years = 2", "years = -1", 38, 'years of lane "apply"', "-1", "whole number from 1"),
    "a lane of 2.0 years": ("years = 2", "years = 2.0", 38, 'years of lane "apply"', "2.0", "Write 2"),
    "a lane that writes a text": ("years = 2", 'writes = "yes"', 38, 'writes of lane "apply"', "yes", "true or false"),
    "an unknown current": ('"academia"\nl', '"akademia"\nl', 39, 'current of lane "apply"', '"akademia"', '"academia"'),
    "a list that is too long": ("[1, 3]", "[1, 3, 5]", 40, "craft of light of lane", "3 numbers", "2 numbers"),
    "a list that is too short": ("[1, 3]", "[1]", 40, "craft of light of lane", "1 numbers", '"academia"'),
    "a list with a text": ("[1, 3]", '[1, "3"]', 40, "entry 2 of craft of light", '"3"', "finite"),
    "a light that is too large": ("[1, 3]", "[1, 3e6]", 40, "entry 2 of craft of light", "3000000.0", "1,000,000"),
    "a list without a current": ('current = "academia"\n', "", 39, "craft of light", "2 numbers", "no current"),
    "a light for no value": ("recognition = 2 }", "people = 2 }", 40, "light of lane", '"people"', "[values]"),
    "a list for two values": ("{ craft = [1, 3], recognition = 2 }", "[1, 3]", 40, "light", "list of 2", "craft"),
    "an id that is taken": ("[[lanes]]\nfrom", '[[lanes]]\nid = "apply"\nfrom', 43, "id of lane", "apply", "no other"),
    "an id like one that another lane has by default": ('id = "apply"', 'id = "school->phd#2"', 42, "", "lane 1", ""),
    "lanes that are a table": ("[[lanes]]", "[lanes]", 33, "lanes", "a table", "[[lanes]]"),
    "a key twice": ("years = 8", "years = 8\nyears = 9", 5, '"years"', "second time, after line 4", "once"),
    "a place twice": ("[places.phd]", "[places.phd]\n[places.school]", 32, "places.school", "after line 25", "once"),
    "no equals sign": ("years = 8", "years 8", 4, "column 7", "without an equals sign", "key = value"),
    "a bare text": ('"Estuary"', "Estuary", 2, "column 9", "no value", "quotation marks"),
    "an open text": ('"Estuary"', '"Estuary', 2, "column 17", "closing quotation mark", "quotation marks"),
    "an open text over lines": ('"A story."', '"""A story.', 3, "the file", "closing quotation mark", "several lines"),
    "an open heading": ("[places.phd]", "[places.phd", 31, "column 12", "not closed", "[places.ID]"),
    "an open heading twice": ("[places.phd]", '[title = "x"', 31, "column 8", "not closed", "[places.ID]"),
    "an open table, a key twice": ("almanac = true", "almanac = {a = 1, a = 1", 7, "column", "not closed", "one line"),
    "an open list": ("[0.1, 0.0, 0.9]]", "[0.1, 0.0, 0.9]", 19, "the file", "not closed", "comma"),
    "an open table": ("recognition = 2 }", "recognition = 2", 40, "column", "not closed", "one line"),
    "a lone backslash": ('"A story."', '"A \\story."', 3, "column", "backslash", "\\\\"),
    "a month that does not exist": ("almanac = true", "almanac = 2020-02-31", 7, "column", "does not exist", "true"),
    "an old line end": ('"A story."\n', '"A story."\r', 3, "the file", "carriage return", "line end"),
    "a control character": ('"A story."', '"A \x07 story."', 3, "column", "cannot stand here", "control characters"),
    "lists within lists without end": ("years = 8", f"years = {'[' * 1000}", 4, "the file", "deep", ""),
    "a key of a thousand parts": ("years = 8", f"years{'.a' * 1000} = 8", 4, "the file", "deep", ""),
    "a spyglass where all is in sight": ('sight = "all"', "spyglass = { sight = 3, price = { craft = 1 } }", 6,
                                         "spyglass of the level", "everything is in sight", "whole number"),
    "a spyglass that is a number": ('sight = "all"', "sight = 1\nspyglass = 3", 7, "the spyglass", "whole number 3",
                                    "table"),
    "a spyglass without sight": ('sight = "all"', "sight = 1\nspyglass = { price = { craft = 1 } }", 7,
                                 "the spyglass", "no sight", "at least 2"),
    "a spyglass without a price": ('sight = "all"', "sight = 1\nspyglass = { sight = 2 }", 7, "the spyglass",
                                   "no price", "at least 0"),
    "a spyglass that shows no more": ('sight = "all"', "sight = 2\nspyglass = { sight = 2, price = { craft = 1 } }", 7,
                                      "sight of the spyglass", "whole number 2", "at least 3"),
    "a spyglass of some sight": ('sight = "all"', 'sight = 1\nspyglass = { sight = "far", price = { craft = 1 } }', 7,
                                 "sight of the spyglass", '"far"', "at least 2"),
    "a spyglass of 2.0": ('sight = "all"', "sight = 1\nspyglass = { sight = 2.0, price = { craft = 1 } }", 7,
                          "sight of the spyglass", "2.0", "Write 2"),
    "an unknown key of the spyglass": ('sight = "all"', "sight = 1\nspyglass = { sight = 2, price = {}, cost = 1 }", 7,
                                       "the spyglass", '"cost"', '"price"'),
    "a price below 0": ('sight = "all"', "sight = 1\nspyglass = { sight = 2, price = { craft = -1 } }", 7,
                        "craft of price of the spyglass", "-1", "at least 0"),
    "a price that is a text": ('sight = "all"', 'sight = 1\nspyglass = { sight = 2, price = { craft = "x" } }', 7,
                               "craft of price of the spyglass", '"x"', "finite"),
    "a price of one number for two values": ('sight = "all"', "sight = 1\nspyglass = { sight = 2, price = 1 }", 7,
                                             "price of the spyglass", "1", "by value"),
    "a price for no value": ('sight = "all"', "sight = 1\nspyglass = { sight = 2, price = { crft = 1 } }", 7,
                             "price of the spyglass", '"crft"', 'mean "craft"'),
    "a price by state": ('sight = "all"', "sight = 1\nspyglass = { sight = 2, price = { craft = [1, 2] } }", 7,
                         "craft of price of the spyglass", "2 numbers", "no current"),
    "an oracle that is a number": ("[places.school]", "[oracles]\npeers = 1\n[places.school]", 26, 'oracle "peers"',
                                   "whole number 1", "table"),
    "oracles that are a text": ("almanac = true", 'oracles = "peers"', 7, "oracles of the level", "peers", "[oracles."),
    "an oracle that is right": ("[places.school]", '[oracles.peers]\nlabel = "Peers"\n[places.school]', 25,
                                'oracle "peers"', "nothing in which", "luckiest_of"),
    "an oracle that is not even still": ("[places.school]", "[oracles.peers]\nstill = false\n[places.school]", 25,
                                         'oracle "peers"', "nothing in which", "luckiest_of"),
    "an unknown key of an oracle": ("[places.school]", "[oracles.peers]\nstil = true\n[places.school]", 26,
                                    'oracle "peers"', '"stil"', 'mean "still"'),
    "an oracle still as a number": ("[places.school]", "[oracles.peers]\nstill = 1\n[places.school]", 26,
                                    'still of oracle "peers"', "whole number 1", "true or false"),
    "an oracle lucky in still water": ("[places.school]",
                                       "[oracles.peers]\nstill = true\nluckiest_of = 9\n[places.school]", 27,
                                       'luckiest_of of oracle "peers"', "beside still", "nobody is luckier"),
    "an oracle lucky of none": ("[places.school]", "[oracles.guru]\nluckiest_of = 0\n[places.school]", 26,
                                'luckiest_of of oracle "guru"', "whole number 0", "1 to 1000"),
    "an oracle lucky of too many": ("[places.school]", "[oracles.guru]\nluckiest_of = 1001\n[places.school]", 26,
                                    'luckiest_of of oracle "guru"', "whole number 1001", "1 to 1000"),
    "an oracle lucky by half": ("[places.school]", "[oracles.guru]\nluckiest_of = 2.5\n[places.school]", 26,
                                'luckiest_of of oracle "guru"', "2.5", "1 to 1000"),
    "weights of an oracle for no value": ("[places.school]", "[oracles.peers]\nweights = { crft = 1 }\n[places.school]",
                                          26, 'weights of oracle "peers"', '"crft"', 'mean "craft"'),
    "weights of an oracle as a number": ("[places.school]", "[oracles.peers]\nweights = 1\n[places.school]", 26,
                                         'weights of oracle "peers"', "whole number 1", "table"),
    "an oracle's weight that is a text": ("[places.school]",
                                          '[oracles.peers]\nweights.craft = "x"\n[places.school]', 26,
                                          'craft of weights of oracle "peers"', '"x"', "finite"),
    "an oracle's weights of nothing": ("[places.school]", "[oracles.peers]\nweights = {}\n[places.school]", 26,
                                       'weights of oracle "peers"', "no weight but 0", "not 0"),
    "an oracle's weights of 0": ("[places.school]", "[oracles.peers]\nweights = { craft = 0 }\n[places.school]", 26,
                                 'weights of oracle "peers"', "no weight but 0", "not 0"),
    "starts of an oracle for no current": ("[places.school]",
                                           '[oracles.peers]\nstarts = { academi = "dry" }\n[places.school]', 26,
                                           'starts of oracle "peers"', '"academi"', 'mean "academia"'),
    "starts of an oracle for no state": ("[places.school]",
                                         '[oracles.peers]\nstarts = { academia = "flows" }\n[places.school]', 26,
                                         'academia of starts of oracle "peers"', '"flows"', 'mean "flow"'),
    "starts of an oracle by number": ("[places.school]", "[oracles.peers]\nstarts = { academia = 1 }\n[places.school]",
                                      26, 'academia of starts of oracle "peers"', "whole number 1", '"dry", "flow"'),
    "starts of an oracle for nothing": ("[places.school]", "[oracles.peers]\nstarts = {}\n[places.school]", 26,
                                        'starts of oracle "peers"', "0 of them", "at least one"),
    "starts of an oracle as a list": ("[places.school]", "[oracles.peers]\nstarts = []\n[places.school]", 26,
                                      'starts of oracle "peers"', "empty list", "table"),
    "an oracle's label that is a number": ("[places.school]",
                                           "[oracles.peers]\nstill = true\nlabel = 1\n[places.school]", 27,
                                           'label of oracle "peers"', "whole number 1", "text"),
    "an oracle without a name": ("[places.school]", '[oracles." "]\nstill = true\n[places.school]', 25, "oracles",
                                 "name that is empty", ""),
}  # fmt: skip


def faults_of(text: str) -> tuple[Fault, ...]:
    """The faults of a level's text, which must have some."""
    with pytest.raises(LevelFaults) as caught:
        level_from_text(text, "estuary.toml")
    return caught.value.faults


def test_the_sound_level_has_no_faults() -> None:
    """The level that the table breaks is sound, so that every fault there is of the table's own making."""
    assert level_from_text(SOUND).lanes[1].id == "school->phd#2"


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_told(name: str) -> None:
    """The fault names the line, the object, what was found, and what is allowed or was probably meant."""
    old, new, line, where, found, rest = BROKEN[name]
    assert old in SOUND
    faults = faults_of(SOUND.replace(old, new, 1))
    told = [
        fault
        for fault in faults
        if fault.line == line and where in fault.where and found in fault.found and rest in fault.allowed + fault.hint
    ]
    assert told, "\n".join(f"{fault.line}: {fault.text}" for fault in faults)


@pytest.mark.parametrize(
    "name",
    ["an unknown key", "years 0", "a start that does not exist", "a weight for no value", "a row that sums to 0.9",
     "a list that is too long", "an unknown current", "no equals sign", "an open heading", "an open list",
     "a key twice", "a bare text", "an old line end", "an id that is taken", "to nowhere", "a state twice"],
)  # fmt: skip
def test_one_mistake_is_one_fault(name: str) -> None:
    """A single slip is told once, and drags no others along that are none."""
    old, new, *_ = BROKEN[name]
    assert len(faults_of(SOUND.replace(old, new, 1))) == 1


def test_every_problem_is_told_at_once() -> None:
    """Problems of all kinds, also behind what is no TOML at all, come out of one reading, in order of lines."""
    text = SOUND
    for old, new in (
        ("years = 8", "years eight"),
        ('"school"', '"shcool"'),
        ("stay = 0.8", "stay = 8"),
        ("[places.phd]", "[places.phd"),
        ("years = 2", "years = 0"),
        ('name = "Apply"', 'nam = "Apply"\nnam = "Apply"'),
    ):
        text = text.replace(old, new, 1)
    faults = faults_of(text)
    assert [fault.line for fault in faults] == [4, 5, 23, 31, 35, 36, 39]


def test_a_newer_format_is_judged_by_nothing_else() -> None:
    """What a later format allows is unknown, so its other keys are not called faults."""
    (fault,) = faults_of(SOUND.replace("format = 1", "format = 7\ntide = 3"))
    assert "newer version" in fault.hint


@pytest.mark.parametrize(
    ("count", "text", "found"),
    [
        (501, "[places.p{n}]\n", "places of the level"),
        (2001, '[[lanes]]\nfrom = "a"\nto = "a"\n', "lanes of the level"),
        (65, "[currents.c{n}]\nstates = ['a', 'b']\nstay = 1\n", "currents of the level"),
        (17, "[oracles.o{n}]\nstill = true\n", "oracles of the level"),
    ],
)
def test_limits_of_the_format(count: int, text: str, found: str) -> None:
    """One more than the format allows is a fault that tells how many there are; as many as it allows are none."""
    # The lists hold one object more than is written here where the base has one already.
    base = 'format = 1\ntitle = "t"\nyears = 1\nstart = "a"\n[places.a]\n[[lanes]]\nfrom = "a"\nto = "a"\n'
    already = 0 if "currents" in text or "oracles" in text else 1
    many = base + "".join(text.replace("{n}", str(n)) for n in range(count - already))
    (fault,) = faults_of(many)
    assert fault.where == found
    assert str(count) in fault.found
    assert str(count - 1) in fault.allowed
    level_from_text(base + "".join(text.replace("{n}", str(n)) for n in range(count - 1 - already)))


def test_no_more_than_sixteen_values() -> None:
    """Seventeen values are a fault, and nothing that uses the last of them is another."""
    values = "[values]\n" + "".join(f'v{n} = ""\n' for n in range(17)) + "[value_functions]\nmine = { v16 = 1 }\n"
    base = 'format = 1\ntitle = "t"\nyears = 1\nstart = "a"\n' + values
    (fault,) = faults_of(base + '[places.a]\n[[lanes]]\nfrom = "a"\nto = "a"\nlight = { v16 = 2 }\n')
    assert "17" in fault.found
    assert "16" in fault.allowed


def test_faults_as_text_are_one_a_line() -> None:
    """As a text, each fault is one line that begins with file and line, whatever characters the file holds."""
    with pytest.raises(LevelFaults) as caught:
        level_from_text(SOUND.replace("sight =", '"si\\u202eght\\nx" ='), "estu\nary.toml")
    assert str(caught.value).startswith('estu\\nary.toml:6: the level: found the unknown key "si\\u202eght\\nx";')
    assert len(str(caught.value).splitlines()) == 1
