"""汇总排名.xlsx, a module for each kind of sheet."""
