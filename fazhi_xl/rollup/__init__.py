"""Many districts' results brought together: read, told apart, kept as Parquet, asked with DuckDB, and ranked in a workbook."""
