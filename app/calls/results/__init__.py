"""Results of a call: ranking, votes, publication, appeals, letters and minutes."""
