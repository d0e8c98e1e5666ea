"""
Changes of the database.
"""
