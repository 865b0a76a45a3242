"""How the shipped tables are made from openly licensed inputs; not needed to screen."""
