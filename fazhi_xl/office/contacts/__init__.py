"""联系人.xlsx: whom each unit is written to and how the office's mail is reached, issued, read, checked and updated in place."""
