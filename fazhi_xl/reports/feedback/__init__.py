"""反馈单, what one unit is told of its result."""
