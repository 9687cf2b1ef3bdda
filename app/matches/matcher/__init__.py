"""The one bridge to the matching library: from rows to texts, and from scores to suggestions.

Only the worker, commands and tests import this package, since it loads scikit-learn.
"""
