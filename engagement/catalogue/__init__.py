"""The catalogue from year to year, and as everybody may read it."""
