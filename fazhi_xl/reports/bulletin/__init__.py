"""通报版 and 通报稿, what is told of all units."""
