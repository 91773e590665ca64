"""Networks written by hand, for the benchmark to compare generated ones with."""
