"""Files of evidence opened, each within limits of time and memory: pages, what is damaged or cannot be read, identity numbers."""
