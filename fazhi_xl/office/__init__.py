"""The use cases (issue, collect, review, publish) and the order of their steps."""
