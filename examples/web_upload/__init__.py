"""
A web page that uploads straight to ImageKit: the application only signs, lists and listens.
"""
