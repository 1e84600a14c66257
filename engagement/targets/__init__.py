"""SMART targets: so many schools of a segment, fixed by name at a baseline, by a day; progress is computed."""
