"""What is written for units and leaders."""
