"""Training of the reading model: python -m training. See training/data/README.md for the data."""
