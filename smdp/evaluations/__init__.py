"""Self-evaluations: what was answered, two years side by side, and as their readers see them."""
