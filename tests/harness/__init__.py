"""What tests stand on: the databases, the browser and the accessibility check."""
