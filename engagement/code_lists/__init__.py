"""Code lists: what a record may name of instruments, ensembles, training and events; national, and a hub's own."""
