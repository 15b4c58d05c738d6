"""What came back and what has to be done about it: sheets of 排名汇总.xlsx about returns, findings and the review."""
