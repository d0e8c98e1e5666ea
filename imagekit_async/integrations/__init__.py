"""
One module for each library that the SDK works with; each needs the extra of the same name.
"""
