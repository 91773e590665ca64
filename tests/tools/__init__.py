"""Programs of others that tests run our output in: shells, editors, Node's packages."""
