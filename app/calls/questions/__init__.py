"""Questions about a call and their public answers."""
