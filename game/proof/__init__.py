"""Certificates: what no fixed plan can pass and what looking up brings, so written that a sceptic can check it alone.

verify    checks a certificate, with        world     a level file in exact numbers, and
                                            feedback  what looking up brings; these three trust no other room
prove     writes a certificate
"""
