"""Our own corpus: marked-up documents, and the commands that check, count and compile them."""
