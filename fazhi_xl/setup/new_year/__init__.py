"""Last year's catalogue moved to the next year, and what the office has to look at: texts that name a year, decisions."""
