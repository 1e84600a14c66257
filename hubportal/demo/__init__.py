"""The demo: a plainly fictional county, its people and two academic years of talk, made from a seed and a date.

Nothing here runs outside demo mode; `manage.py load_demo` is the only way in.
"""
