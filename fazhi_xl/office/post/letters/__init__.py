"""What is written to the units: the text and the attachments of each sort of message, from the notice's own data and words."""
