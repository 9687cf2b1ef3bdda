"""Tests of solutions."""
