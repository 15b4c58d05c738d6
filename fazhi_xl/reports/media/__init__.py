"""What every report is made of: workbooks and documents as values, titles, privacy."""
