"""Pure arithmetic: scores, bonus, deductions and ranks, exact, from answers and decisions."""
