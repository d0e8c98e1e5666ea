"""
Technical metadata of pictures: of stored files, and of what delivery URLs give.
"""
