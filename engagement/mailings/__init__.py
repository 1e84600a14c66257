"""Mailings and open letters to many schools' contacts: written, looked at, sent once, and what became of each."""
