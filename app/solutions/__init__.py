"""What startups offer, and digital public goods, each with its AI card."""
