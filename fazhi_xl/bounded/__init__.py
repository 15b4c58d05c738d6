"""Processes that open untrusted files for this one, within limits of memory and time, and live on for many files."""
