"""The demonstration data: read from ``content/`` and told through the platform's own verbs.

Nothing is written into tables beside the services: each act of the story is done by the person who
would do it, on the day they would have done it (``app.extensions.as_of``), so that trail, mails,
readings and matches read as if the platform had been in use for a year.
"""

from seeds.loader import load

__all__ = ["load"]
