"""
Photos that everybody sees, and documents that need a signed URL.
"""
