"""The schemas, one module each, in the order of their numbers."""
