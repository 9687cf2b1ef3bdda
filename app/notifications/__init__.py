"""Mail: written with the act that causes it, sent by the worker."""
