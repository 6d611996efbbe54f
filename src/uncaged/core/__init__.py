"""Floor 0: the words every other floor speaks. Knows no archive, no engine, no page."""
