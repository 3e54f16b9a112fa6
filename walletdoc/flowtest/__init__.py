"""Scripted tests of flows: read, run, cover, walk, mutate, record."""
