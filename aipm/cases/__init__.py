"""What chapters share of the running cases Credit, Flights and Copilot; not for other data."""
