"""Scores the tagger; run from the checkout, never installed."""
