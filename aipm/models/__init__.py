"""Judge a model on your own table, and decide with it."""
