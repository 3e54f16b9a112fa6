"""The faces, one module each."""
