"""Adapters: small models on top of one, in whatever layout they were written, and how they change its layers.

A file's names become layers of a model (`layouts`, `natives`, `fitting`: no torch), its numbers become changes
(`changes`), and a network is asked with them on (`asked`). The network itself is never written to.
"""
