"""
What the account-wide resources share: objects that are listed, created, read, changed and deleted by id.
"""
