"""Flows in other shapes, one module each: a booklet for paper."""
