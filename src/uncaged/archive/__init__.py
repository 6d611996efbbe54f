"""The archive of one studio: what exists, where it came from, and what is still to be made."""
