"""Trusts: their plan, its mirror above the words of their schools, and what their self-evaluation comes to."""
