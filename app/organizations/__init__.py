"""People, their organizations and roles, invitations, and signing in."""
