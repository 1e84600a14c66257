"""What a hub's targets measure of plans and summaries."""
