"""排名汇总.xlsx, a module for each kind of sheet."""
