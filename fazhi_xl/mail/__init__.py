"""Mail as values and as bytes, and the only room that talks to mail servers: sends by SMTP, reads a mailbox by IMAP."""
