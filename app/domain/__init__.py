"""The rules of the platform: standard library only, no Flask, no database."""
