"""When to move on: the rules of progression. Pure."""
