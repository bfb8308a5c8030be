"""Generated files: tables whose truth is known, in the forms that people use, and files broken on purpose. `python -m tests.fuzz --help`."""
