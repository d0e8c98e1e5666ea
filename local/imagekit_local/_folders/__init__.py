"""
Folders: created and deleted at once; copied, moved and renamed by jobs.
"""
