"""Floor 2: what one plays a model with. Each instrument plays any model that has positions; none knows an archive."""
