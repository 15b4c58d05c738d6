"""The way of a returned file: opened, identified, answered, selected."""
