"""What member cities owe every year, derived from what they did."""
