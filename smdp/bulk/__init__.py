"""Reminding several schools of their plan or their summary at once."""
