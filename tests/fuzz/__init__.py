"""Files by chance: tables of known truth in the forms that people use, and files broken on purpose. `python -m tests.fuzz --help`."""
