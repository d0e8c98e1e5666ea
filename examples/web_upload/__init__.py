"""
A web page that uploads directly to ImageKit; the application only signs, lists and receives webhooks.
"""
