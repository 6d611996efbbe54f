"""Floor 1: score → frames. One family of models per module or folder; none knows an archive."""
