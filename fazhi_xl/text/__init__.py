"""Dates and punctuation as official papers print them, the room that text takes, names of files, and what the system refuses."""
