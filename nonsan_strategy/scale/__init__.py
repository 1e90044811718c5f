"""More data of the same kind, to see what grows with it: past terms copied from the present one."""
