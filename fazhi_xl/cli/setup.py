"""What build_workbooks.py does to set up a round, a function for each option: each gives the exit status.

The functions import what they need when they are called: a plain build loads none of it.
"""

from __future__ import annotations
