"""What `oracles.py` is made of: a registry on loopback, changes by program, and the tools."""
