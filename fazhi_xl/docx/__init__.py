"""Word documents: the only room that knows a word library."""
