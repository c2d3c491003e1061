"""Other pages with the same figures, to hold the app's speed against."""
