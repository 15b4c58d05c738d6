"""What sheets of both forms share."""
