"""How many examples generated tests try: few in every run, many with `--hypothesis-profile=deep`."""

from hypothesis import settings

settings.register_profile("quick", deadline=None, max_examples=100)
settings.register_profile("deep", deadline=None, max_examples=5_000)
settings.load_profile("quick")
