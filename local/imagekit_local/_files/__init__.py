"""
Files: list, read, update, version, tag and delete them.
"""
