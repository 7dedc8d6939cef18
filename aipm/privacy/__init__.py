"""What a table, a model or a text reveals of a person."""
