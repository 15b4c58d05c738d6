"""The use cases: each brings the rooms below together in the order of its steps."""
