"""Spreadsheets: reading what strangers send, within limits, and writing lists that are safe to open."""
