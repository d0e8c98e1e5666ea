"""
Resources that are kept as JSON documents: list, create, read, update and delete them by id.
"""
