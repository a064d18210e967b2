"""Measures what reading costs, and shows what it survives; run from the checkout, never installed."""
