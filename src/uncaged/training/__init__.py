"""Training: from data that is known to the last item to a model. The one floor that imports torch.

Knows engines, and no archive, no person and no page.
"""
