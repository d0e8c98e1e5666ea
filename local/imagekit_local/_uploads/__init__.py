"""
Uploads: the form, the signature, the bytes, and the resulting file or version.
"""
