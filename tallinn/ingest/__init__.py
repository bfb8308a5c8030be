"""From a file as somebody sends it to rows in the lake, in five steps: read, recognise, values, check, compare; then accept."""
