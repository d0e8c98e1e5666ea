"""
Files: listing, details, update, versions, tags, deletion.
"""
