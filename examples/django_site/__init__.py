"""
A Django project that keeps its photos, private documents and static files in ImageKit.
"""
