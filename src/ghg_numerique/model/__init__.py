"""The nouns of the field, without arithmetic: activity data, factors, inventory, methodology, manifest."""
