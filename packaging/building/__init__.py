"""How the program is frozen and packed; `packaging/make.py` and `smoke.py` are its commands."""
