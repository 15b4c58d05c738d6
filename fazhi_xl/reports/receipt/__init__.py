"""回执, what a unit is told of a return that was accepted: the page, and the facts that its mail takes as well."""
