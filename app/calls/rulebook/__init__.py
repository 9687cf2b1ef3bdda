"""What a call asks and how it counts: requirements, documents, criteria, quotas."""
