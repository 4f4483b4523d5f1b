"""Sound: what is heard, chosen from what is shown; every sound has a picture, and none says anything by itself.

heard       what there is to hear at one moment, as a screen tells it
layers      how loud each loop is then: wind, dry bed, trickle, flow, surge, hull, and the score
cues        which short sounds lie between two moments
soundscape  the ear of the stage: follows the moments, eases the levels, plays the cues
deck        the mixer: opened in the background, silent without a device, opened again when one was lost
badge       the word that tells for a moment that sound was switched off or on
"""
