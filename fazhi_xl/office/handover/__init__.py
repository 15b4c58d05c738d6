"""A round taken elsewhere: all of it as one encrypted file, and a folder made of that again, whole or not at all."""
