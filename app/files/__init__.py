"""Files that people hand in and that the platform makes."""
