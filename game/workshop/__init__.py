"""The workshop: exercises that a facilitator can hold, what people leave there, and the group's picture.

exercise           an exercise and its steps
exercise_file      read from its folder, with everything that is wrong
translation        its texts in another language
shelf              the exercises there are
pseudonym          a name for a day
contribution       what one person leaves
contribution_file  as a file that is believed in nothing
notebook           a person's own folder: kept, handed in, taken back, forgotten
drawing, page      what is printed, as values          page_html, page_pdf   and as files
line_breaks        where a line of Chinese may end
paper              a level played with dice            worksheet, guide      sheets and the facilitator's guide
privacy            when a count may be shown
gathering          the files of a folder as one group
figures            what was chosen, what came, how plans fared
report             the group's picture: report_map, report_charts, report_table
room, rate         a code for some hours, and how often anybody may ask
inbox, board       what comes in, kept for good, and the picture of it
server, courier    both over the local network, and who brings it there
"""
