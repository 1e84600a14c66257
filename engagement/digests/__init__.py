"""One email with what is due, daily or weekly, to whoever wants it."""
