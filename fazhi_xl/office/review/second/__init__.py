"""Second opinions: drawing sub-points, the blind book, what came back in it, and what both reviewers' marks come to."""
