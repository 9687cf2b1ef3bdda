"""The ``flask`` command: accounts, demo, jobs, matching and generated documents."""
