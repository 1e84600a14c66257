"""Consultations: a short survey of needs, sent to many schools by link; what they answered, and what came of it."""
