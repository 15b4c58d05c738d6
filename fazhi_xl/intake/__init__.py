"""Folders, zip archives and mails to files as they arrived; nothing is changed or extracted."""
