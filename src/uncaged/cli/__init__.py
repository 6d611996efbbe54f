"""Floor 7: the command line, thin: read what was typed, call the studio, print."""
