"""The demonstration: invented facts, written into files as donors would send them, and taken in by the same ingest as any other.

Everything is drawn from one seed, so it is the same on every machine. Words and the forms of the files are data (parts/, forms/).
"""
