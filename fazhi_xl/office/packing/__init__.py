"""上报/: the evidence of all units, arranged for the system above, with an index and a manifest that verifies."""
