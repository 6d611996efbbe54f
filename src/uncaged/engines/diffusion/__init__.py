"""Open video models whose networks diffusers and transformers carry, drawn by the studio's own loop.

families, options, position and engine need no torch: what a model can is known at the door. performing drives the loop;
texts, drawing and one module for each family hold the networks. Only these import torch, and only in a performer.
"""
