"""What makes the offline bundle; tools/bundle.py is its entry."""
