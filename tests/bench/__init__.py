"""Measured figures; `make bench` prints them, one line of JSON each."""
