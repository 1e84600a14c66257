"""Staff lists that schools and hubs send: read as they come, held against the contacts, taken over when confirmed."""
