"""The office's decisions: read from review books and the console, merged, recorded, displayed."""
