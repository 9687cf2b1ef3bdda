"""The desk of a call: where it stands and what its coordination has to do."""
