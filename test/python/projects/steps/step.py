"""A script that is no entry point."""

print("hello")
