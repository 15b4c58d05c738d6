"""What the office sends by mail and what comes in by it: who gets what, what was sent already, and the mailbox that is read."""
