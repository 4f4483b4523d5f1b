"""Certificates: what no fixed plan can pass and what looking up brings, so written that a sceptic can check it alone.

verify    checks a certificate; one file that trusts no other
prove     writes a certificate
"""
