"""A plan for every school, as the funder asks: aim, measure, baseline, target, by when, whose, and the next step."""
