"""
Measurements of this package beside the vendor's SDK, in one run: `make bench`, or `make bench FIGURES="import lists"`.
"""
