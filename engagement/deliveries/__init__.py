"""What was delivered at schools: counts only, never a pupil's name."""
