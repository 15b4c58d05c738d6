"""归档/: a sealed edition with all that it rests on, as one package that verifies and makes its ranking anew by itself."""
