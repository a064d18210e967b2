"""Fine-tunes the tagger from configs; run from the checkout, never installed."""
