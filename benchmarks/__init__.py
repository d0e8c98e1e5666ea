"""
Measurements of this package beside the vendor's SDK, in one run: `make bench`, or `python -m benchmarks.run import construct`.
"""
