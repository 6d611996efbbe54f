"""`seedling`: a small learned model, trained from scratch on what `ink` draws in its plain style.

Films of 64×64 pixels and 16 frames over two seconds, coded by a fixed linear codec as latents of (8, 16, 16, 32).
"""

from typing import Final

INDEX: Final = "index.json"
"""The file of a model's folder that names all others."""
