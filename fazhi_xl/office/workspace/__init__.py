"""The round's folder on disk: where everything stands, and how it is read, written and locked."""
