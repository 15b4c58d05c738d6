"""What is told of a round, as workbooks, documents and JSON that no library has touched yet."""
