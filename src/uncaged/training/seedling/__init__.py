"""How `seedling` is made: films drawn by `ink` from seeds, a codec fitted to them, a network trained on both."""
