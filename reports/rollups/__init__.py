"""Counting what happened: roll-ups of a commune's month, and the frozen facts of a summary."""
