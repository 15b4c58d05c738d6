"""What a notice says, loaded from its catalogue with every error at once: units, items, rules, readings, and who answers what."""
