"""Lists of who goes where, beside the assignments we know."""
