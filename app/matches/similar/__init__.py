"""Public challenges that resemble another, and what came of them."""
