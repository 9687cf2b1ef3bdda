"""What startups see of the matcher: the open challenges that their solutions fit, and why."""
