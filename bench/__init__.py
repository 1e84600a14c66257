"""Measurements beside a yardstick taken in the same run, so that they mean the same on any machine. `make bench`."""
