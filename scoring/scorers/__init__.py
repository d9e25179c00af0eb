"""One file a scorer; every module here is loaded, and what it registers runs on every arm."""
