"""
Import thousands of files and URLs with worker processes that may be killed at any time.
"""
