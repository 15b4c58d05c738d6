"""定稿/: numbered, read-only editions of a round's results, made whole or not at all, looked after, and compared with what stands now."""
