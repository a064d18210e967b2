"""Other taggers on the same articles, each in an environment of its own with a random network of our network's size."""
