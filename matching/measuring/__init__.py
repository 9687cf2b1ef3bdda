"""How good the ranking is: measured on a set of known pairs, against scikit-learn's defaults."""
