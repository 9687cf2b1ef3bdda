"""The settings of the matcher: tried against past decisions, accepted, and kept as history."""
