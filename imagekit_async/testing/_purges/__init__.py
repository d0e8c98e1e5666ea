"""
Purges of the cache.
"""
