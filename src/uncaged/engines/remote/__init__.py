"""`remote`: any server that speaks `/v1/videos` performs. Its film is fetched and kept here like every other."""
