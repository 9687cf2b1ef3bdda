"""Suggested pairs, their explanation, the coordination's decision and the consent of both sides."""
