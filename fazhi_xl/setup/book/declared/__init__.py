"""Which field of a catalogue stands in which column of which sheet: said here, and nowhere else."""
