"""Dates and punctuation as official papers print them, and the room that text takes."""
