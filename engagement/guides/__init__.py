"""Pages that a hub keeps for its schools."""
