"""python -m tallinn"""

import sys

from tallinn.cli import main

if __name__ == "__main__":
    sys.exit(main())
