"""The evaluation committee: members, conflicts of interest, reviews and consensus."""
