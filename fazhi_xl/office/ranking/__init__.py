"""Scores and ranks of all units."""
