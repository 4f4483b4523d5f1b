"""How every sound of the game is made, from sines and seeded noise alone.

tones   bells, strings, keys and pads; shaped noise; laying sounds into a circle; an echo that goes round with it
water   the loops of wind, dry bed, trickle, flow, surge and hull
score   the loops of the score: for each of the three lights a ground and a ripple
cues    the short sounds of boat, forks, years, light and buttons
"""
