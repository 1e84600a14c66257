"""The servers the portal carries with it: PostgreSQL and Redis from wheels, and the supervisor of `make run`.

Nothing in here imports Django: settings ask it where the servers are, `manage.py` asks it to have them running.
"""
