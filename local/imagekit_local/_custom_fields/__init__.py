"""
Custom metadata fields: their definitions, and the values that files may have.
"""
