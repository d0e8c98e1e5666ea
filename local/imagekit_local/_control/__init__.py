"""
The local ImageKit under control over HTTP, for tests in any language; nothing of the API itself.
"""
