"""Membership of the coalition: offer, signed adhesion, suspension and end."""
