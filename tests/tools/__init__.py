"""External programs for tests: shells, editors, Node packages."""
