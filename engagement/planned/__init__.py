"""The next contact as the hub itself sets it: for several schools at once, with a reason."""
