"""Rosters in spreadsheets: read as offices write them, compared with what we know, and what would change."""
