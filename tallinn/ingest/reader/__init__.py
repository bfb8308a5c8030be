"""The child process that parses a stranger's file; see main.py. It uses nothing of this project but the model of a sheet."""
