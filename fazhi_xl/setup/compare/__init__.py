"""Two catalogues compared: what differs, for whom, what an earlier round's answers become; and 差异.xlsx, which tells it."""
