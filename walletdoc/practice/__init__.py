"""Practice: a simulated caller, the desk that handles the call, its score, and what to practise next."""
