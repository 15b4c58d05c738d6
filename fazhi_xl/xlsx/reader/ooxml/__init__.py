"""Reading .xlsx and .xlsm files, part by part, within bounds."""
