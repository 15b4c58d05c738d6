"""What is checked of a return that counts: the workbook, what stands around its cells, and the evidence beside it."""
