"""Which meetings a month should have, and writing them in bulk."""
