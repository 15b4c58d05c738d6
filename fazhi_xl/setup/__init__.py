"""Setting up a round: the catalogue as a workbook both ways, compared with last year's, moved to the next year, drafted from a notice."""
