"""
Uploads: the form, the signature, the bytes, and the file or version that comes of them.
"""
