"""What the office does with a round, on disk: the commands, and the steps that they are made of."""
