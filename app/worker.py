"""What the worker process knows besides the web process: what each kind of job does.

Importing this module loads the matcher (and scikit-learn with it), so only the worker, the command
line and tests do.
"""
