"""A draft of a catalogue from the notice itself: what was read, what is doubtful, and what a person has to choose."""
