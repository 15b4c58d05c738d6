"""Cells of a return and the form it was issued as to answers and findings: located by code, normalised, checked."""
