"""What an earlier round left, to print beside the inputs and to compare with."""
