"""How fast the dashboard is, beside the same page written without thinking of speed. `make bench` runs it."""
