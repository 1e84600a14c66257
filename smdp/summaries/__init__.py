"""The public summary: its shape, where it is written, who reads it, and how old a reader must be."""
