"""The dates of a call: their order, their changes, and how people read and keep them."""
