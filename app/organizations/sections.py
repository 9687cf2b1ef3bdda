"""The page of an organization is made of parts that the features above add."""

from app.organizations.models import Organization
from app.web.sections import Sections

ORGANIZATION_PAGE: Sections[Organization] = Sections()
"""Filled at import by the features above: challenges, solutions, pilots, commitments."""
