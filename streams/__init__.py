"""The roof: topics, mirror, replayer, scoring app, metrics, settings and the command line."""
