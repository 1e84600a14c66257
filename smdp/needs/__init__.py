"""What schools need: by their self-evaluations, and by the priorities of their plans."""
