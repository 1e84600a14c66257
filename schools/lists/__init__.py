"""What every list of the portal has besides its rows: views that are saved, and the log of files taken."""
