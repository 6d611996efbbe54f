"""``python -m uncaged``: the same as the command ``uncaged``."""

from uncaged.cli.main import main

if __name__ == "__main__":
    main()
