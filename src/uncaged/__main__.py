"""``python -m uncaged``, and the command ``uncaged``."""

import signal


def main() -> None:
    """Runs the command line. Ctrl-C while it is still being imported ends it without a word."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from uncaged.cli.main import main as run

    signal.signal(signal.SIGINT, before)
    run()


if __name__ == "__main__":
    main()
