"""One file a command (or a small family); each has `register(app)`."""
