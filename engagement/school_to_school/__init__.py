"""Schools that learn from each other: what one is strong in beside what another needs, and introductions."""
