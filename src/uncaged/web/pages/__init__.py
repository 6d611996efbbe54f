"""One module per noun: functions that take what somebody asked for, and return a view record."""
