"""Meetings to come: what the school answers before, the diary, invitations, and the feed that a calendar reads."""
