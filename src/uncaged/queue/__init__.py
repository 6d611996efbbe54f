"""Whose turn it is: fairness as arithmetic, the line as statements, and what somebody in it may expect."""
