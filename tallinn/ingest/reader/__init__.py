"""The child process that parses a stranger's file; see main.py. Of this project it uses the model of a sheet and the lists in data/."""
