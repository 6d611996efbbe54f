"""Texts as conditions, for every room of open models: how they are cut, the encoders T5 and CLIP, and what was said.

Each module opens folders as they were published; nothing is fetched. `said` needs no torch.
"""
