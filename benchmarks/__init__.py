"""Measurements: speed, quality, and the fitting of weights. Run by hand, reported in docs/log.md."""
