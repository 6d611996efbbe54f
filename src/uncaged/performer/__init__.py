"""Floor 3: the process that performs. It has no archive and no keys; orders come in, events go out."""
