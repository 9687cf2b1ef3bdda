"""Calls for members: how a city joins the coalition."""
